import { asRecord, isRecord, type UnknownRecord } from '../../../core/door.ts';

/** The configuration that a controller 1.x says it uses, as it starts; `undefined` when the log does not hold it. */
export function configurationInLog(log: string): UnknownRecord | undefined {
  const [, json] = /use configuration\s*(\{\n[\s\S]*?\n\})/.exec(log) ?? [];
  if (json === undefined) return undefined;
  try {
    const configuration: unknown = JSON.parse(json);
    return isRecord(configuration) ? asRecord(configuration) : undefined;
  } catch {
    return undefined;
  }
}
