/** C0 and C1 controls, and the marks that reorder text: what could move a cursor or disguise a value. */
const unsafe = /[\p{Cc}\p{Bidi_Control}]/gu;

/** As JSON and the double quotes of YAML spell a character by its number. */
export function escapeCode(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u007f': '^?' };

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const caret = code < 0x20 ? `^${String.fromCharCode(code + 0x40)}` : escapeCode(character);
  return named[character] ?? caret;
}

/** A string of the cluster or the gateway, harmless to a terminal: ESC as `^[`, CR as `\r` (kubectl's spelling). */
export function escapeText(text: string): string {
  return text.replace(unsafe, visible);
}
