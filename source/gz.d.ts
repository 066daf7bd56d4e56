/** The bytes of a file, put into the program by the bundler. */
declare module '*.gz' {
  const bytes: Uint8Array;
  export default bytes;
}
