import { Lazy, Token } from 'cdktf';
import { rewriteLiterals, terraformText } from '../../lib/google/terraform-text';

describe('text for Terraform', () => {
  test.each([
    ['pid=${PID:-1}', 'pid=$${PID:-1}'],
    ['%{if true}', '%%{if true}'],
    ['%{http_code} of ${a}${b}', '%%{http_code} of $${a}$${b}'],
    ['$PID $(id) $$ %% 5% {a}', '$PID $(id) $$ %% 5% {a}'],
  ])('shows Terraform nothing to evaluate: %s', (text, escaped) => {
    expect(terraformText(text)).toBe(escaped);
  });

  test('leaves alone what is known only at deployment', () => {
    const token = Token.asString(Lazy.stringValue({ produce: () => 'x' }));
    expect(token).toContain('${TfToken[');
    expect(terraformText(`\${A}${token}\${B}${token}`)).toBe(`$\${A}${token}$\${B}${token}`);
  });

  test('is rewritten around that, piece by piece', () => {
    expect(rewriteLiterals('a${TfToken[TOKEN.0]}a', (text) => text.toUpperCase())).toBe('A${TfToken[TOKEN.0]}A');
    expect(rewriteLiterals('', (text) => `${text}!`)).toBe('!');
  });
});
