/** Control characters but line ends, halves of characters, and signs that turn the order of letters around or are not seen. */
const UNSHOWN = /[\p{Cf}\p{Cs}\u2028\u2029]|(?!\n)\p{Cc}/gu;

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML and SVG, between tags or in a quoted attribute: nothing in it marks up, and nothing turns the order of letters or hides. */
export function escaped(text: string): string {
  return text.replaceAll(UNSHOWN, '\uFFFD').replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}
