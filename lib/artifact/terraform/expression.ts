import type { Value } from '../value';

/** An expression of Terraform's language, as parsed from between `${` and `}`. */
export type Expression =
  | { readonly kind: 'value'; readonly value: Value }
  /** A literal piece of a template. */
  | { readonly kind: 'text'; readonly text: string }
  /** Text with expressions in it; always text, however few its parts. */
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  /** The first word of a reference: `var`, `local`, `data`, or the type of a resource. */
  | { readonly kind: 'root'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  /** `of[*]`: what `each` makes of every item, which it calls `item`. */
  | { readonly kind: 'splat'; readonly of: Expression; readonly each: Expression }
  | { readonly kind: 'item' }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[]; readonly expands: boolean }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'either'; readonly on: Expression; readonly yes: Expression; readonly no: Expression };
