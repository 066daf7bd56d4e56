/** HTML where JSON was expected: a login page, a proxy's error. Its title, else its first line; `undefined` when it is none. */
export function describeHtml(text: string): string | undefined {
  const trimmed = text.trimStart();
  if (!trimmed.startsWith('<')) return undefined;
  const title = /<title[^>]*>([^<]*)/i.exec(trimmed)?.[1]?.trim();
  const words = title === undefined || title === '' ? (trimmed.split('\n')[0] ?? '') : title;
  return words.slice(0, 80);
}
