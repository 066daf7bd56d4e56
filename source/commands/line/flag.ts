/** One flag, as meow reads it and as kubectl prints it. The key in its table is the name in camelCase. */
export type Flag = {
  readonly shortFlag?: string;
  /** The sentence that the help shows. */
  readonly usage: string;
} & (
  | { readonly type: 'boolean'; readonly default: boolean }
  /** `bareValue`: takes a value only by `=`; without one it is this (pflag's NoOptDefVal). */
  | {
      readonly type: 'string';
      readonly default: string;
      readonly bareValue?: string;
      /** Where it takes no others. */
      readonly values?: readonly string[];
    }
  | { readonly type: 'string'; readonly default: string[]; readonly isMultiple: true }
);

export type FlagTable = Readonly<Record<string, Flag>>;

/** `asUserExtra` -> `as-user-extra`. */
export function flagName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
