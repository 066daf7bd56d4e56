/** Bytes of text that terminals take in one OSC 52: base64 makes 100 kB of them. */
const capacity = 74_994;

/** Tells the terminal to put text on the clipboard, also over SSH; undefined when it is too long for one. */
export function clipboardSequence(text: string): string | undefined {
  const bytes = Buffer.from(text);
  return bytes.length > capacity ? undefined : `\u001b]52;c;${bytes.toString('base64')}\u0007`;
}

export function tooLong(text: string): string {
  return `not copied: ${Buffer.byteLength(text)} bytes, a terminal takes ${capacity}; ctrl-s saves a file`;
}
