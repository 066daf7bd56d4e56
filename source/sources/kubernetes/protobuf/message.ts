import { optional, type UnknownRecord } from '../../../core/door.ts';

/** What a field of a message holds. */
type Content =
  | { readonly type: 'text' | 'bytes' | 'integer' | 'boolean' }
  /** `map<string, string>`. */
  | { readonly type: 'map' }
  /** Of some messages JSON makes a text or a number: `convert` does the same. */
  | {
      readonly type: 'message';
      readonly message: Message;
      readonly convert?: (value: UnknownRecord) => unknown;
    };

/** A field by its number in the .proto. */
export type Field = Content & { readonly number: number; readonly isRepeated?: boolean };

/** `name`: in JSON, which is that of the .proto too. */
export type NamedField = Field & { readonly name: string };

/** The fields of a message that are read, each at the index of its number; all others are skipped. */
export type Message = readonly (NamedField | undefined)[];

export const text = (number: number): Field => ({ number, type: 'text' });
export const bytes = (number: number): Field => ({ number, type: 'bytes' });
export const integer = (number: number): Field => ({ number, type: 'integer' });
export const boolean = (number: number): Field => ({ number, type: 'boolean' });
export const map = (number: number): Field => ({ number, type: 'map' });
export const one = (
  number: number,
  message: Message,
  convert?: (value: UnknownRecord) => unknown,
): Field => ({ number, type: 'message', message, ...optional('convert', convert) });
export const list = (field: Field): Field => ({ ...field, isRepeated: true });

export function message(fields: Readonly<Record<string, Field>>): Message {
  const byNumber: NamedField[] = [];
  for (const [name, field] of Object.entries(fields)) byNumber[field.number] = { ...field, name };
  return byNumber;
}
