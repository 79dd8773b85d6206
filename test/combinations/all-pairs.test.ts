import { allPairs, product } from './all-pairs';

const MEALS = {
  drink: ['tea', 'coffee', 'water', 'milk'],
  food: ['bread', 'soup', 'cake'],
  place: ['in', 'out'],
  paid: ['cash', 'card'],
} as const;

type Meal = ReturnType<typeof product<typeof MEALS>>[number];

/** Soup is not carried out, and out there is no milk: so that milk and soup are both for those who stay, and never paid for by card. */
function isPossible({ drink, food, place, paid }: Meal): boolean {
  return !(place === 'out' && (food === 'soup' || drink === 'milk')) && !(drink === 'milk' && paid === 'card');
}

function pairsOf(meals: readonly Meal[]): ReadonlySet<string> {
  return new Set(
    meals.flatMap((meal) => {
      const entries = Object.entries(meal).map((entry) => entry.join(' '));
      return entries.flatMap((one, index) => entries.slice(index + 1).map((other) => `${one}, ${other}`));
    }),
  );
}

test.each([1, 2, 3, -7])('with seed %d every two values that can stand together do, and no others', (seed) => {
  const found = allPairs(MEALS, isPossible, seed);
  expect(pairsOf(found)).toEqual(pairsOf(product(MEALS).filter(isPossible)));
  expect(found.every(isPossible)).toBe(true);
});

test('there are few more combinations than the two largest choices alone need', () => {
  expect(product(MEALS)).toHaveLength(48);
  expect(allPairs(MEALS, () => true, 1).length).toBeLessThanOrEqual(13);
});

test('the same seed finds the same combinations, and another one others', () => {
  expect(allPairs(MEALS, isPossible, 1)).toEqual(allPairs(MEALS, isPossible, 1));
  expect(allPairs(MEALS, isPossible, 1)).not.toEqual(allPairs(MEALS, isPossible, 2));
});

test('nothing is found where nothing is possible', () => {
  expect(allPairs(MEALS, () => false, 1)).toEqual([]);
});
