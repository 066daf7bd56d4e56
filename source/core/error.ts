/** A failure that the user can act on. Anything else that is thrown is a bug. */
export class EpsError extends Error {
  override readonly name = 'EpsError';
  /** A command or a flag to try; printed after the message. */
  readonly hint: string | undefined;
  /** kubectl prints what the server said without `error: ` before it; so do we. */
  readonly verbatim: boolean;

  constructor(
    message: string,
    options: { readonly hint?: string; readonly cause?: unknown; readonly verbatim?: boolean } = {},
  ) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
    this.verbatim = options.verbatim ?? false;
  }
}

/** What was asked for did not answer, so that nothing can be told: neither sync nor drift. */
export class UnreadError extends EpsError {}
