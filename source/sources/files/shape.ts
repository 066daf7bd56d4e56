import { isRecord } from '../../core/door.ts';

/** Tells where a JSON value departs from what it should be (`.items[3].name is no text`); `undefined` when it does not. */
export type Shape = (value: unknown) => string | undefined;

function is(type: 'string' | 'number' | 'boolean', words: string): Shape {
  return (value) => (typeof value === type ? undefined : ` is ${words}`);
}

export const text = is('string', 'no text');
export const number = is('number', 'no number');
export const flag = is('boolean', 'neither true nor false');

/** One of several shapes; the fault told is that of the last. */
export function either(...shapes: readonly Shape[]): Shape {
  return (value) => {
    const faults = shapes.map((shape) => shape(value));
    return faults.includes(undefined) ? undefined : faults.at(-1);
  };
}

export function literal(...words: readonly string[]): Shape {
  return (value) => (words.some((word) => word === value) ? undefined : ` is not ${words.join(' or ')}`);
}

export function list(item: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) return ' is no list';
    for (const [index, one] of value.entries()) {
      const fault = item(one);
      if (fault !== undefined) return `[${index}]${fault}`;
    }
    return undefined;
  };
}

/** Names to values that all have one shape. */
export function dictionary(item: Shape): Shape {
  return (value) => (isRecord(value) ? list(item)(Object.values(value)) : ' is no object');
}

/** The members of `required` must be there, those of `extra` may be; others are let pass. */
export function object(
  required: Readonly<Record<string, Shape>>,
  extra: Readonly<Record<string, Shape>> = {},
): Shape {
  return (value) => {
    if (!isRecord(value)) return ' is no object';
    const present = Object.entries(extra).filter(([name]) => value[name] !== undefined);
    for (const [name, shape] of [...Object.entries(required), ...present]) {
      const fault = shape(value[name]);
      if (fault !== undefined) return `.${name}${fault}`;
    }
    return undefined;
  };
}
