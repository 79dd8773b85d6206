/** What servers answered and files say is shown, but steers no terminal: control characters other than line ends go. */
export function printable<Report>(report: Report): Report {
  const text = JSON.stringify(report, (_key, value: unknown) =>
    // oxlint-disable-next-line no-control-regex
    typeof value === 'string' ? value.replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, '?') : value,
  );
  return JSON.parse(text) as Report;
}
