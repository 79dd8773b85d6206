/** How cdktf writes a value into a text that is known only at deployment. */
const TOKEN = /(\$\{TfToken\[[^\]]*\]\})/;

/**
 * Rewrites a text and leaves alone what in it is known only at deployment: escaping that would break the reference, and hide it from
 * Terraform.
 */
export function rewriteLiterals(text: string, rewrite: (literal: string) => string): string {
  // Every second piece is what the expression captured.
  return text
    .split(TOKEN)
    .map((piece, index) => (index % 2 === 0 ? rewrite(piece) : piece))
    .join('');
}

/**
 * Escapes what Terraform would read in a text as one of its own expressions: the `${` of a shell, and `%{`.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
 */
export function terraformText(text: string): string {
  return rewriteLiterals(text, (literal) => literal.replaceAll(/[$%](?=\{)/g, '$&$&'));
}
