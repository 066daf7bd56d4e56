/**
 * The door: where unknown JSON becomes typed values. Nothing here throws; what is missing or of the wrong
 * type becomes the empty value of the type asked for.
 */

export type UnknownRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asRecord(value: unknown): UnknownRecord {
  return isRecord(value) ? value : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function asLabels(value: unknown): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const [name, text] of Object.entries(asRecord(value))) {
    if (typeof text === 'string') labels[name] = text;
  }
  return labels;
}

/** `{key: value}` when there is a value, else nothing: for spreading into objects with optional members. */
export function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined | '',
): Partial<Record<Key, Value>> {
  const result: Partial<Record<Key, Value>> = {};
  if (value !== undefined && value !== '') result[key] = value;
  return result;
}

/** `undefined` for what is no JSON, or only half of one; JSON itself has no such value. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
