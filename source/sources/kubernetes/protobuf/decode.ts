import { asRecord, type UnknownRecord } from '../../../core/door.ts';
import type { Message } from './message.ts';
import { status, unknown } from './meta.ts';
import { readMessage } from './read-message.ts';

/** What the server is asked for where protobuf can be read, and says that it answers with. */
export const protobufType = 'application/vnd.kubernetes.protobuf';

/** What is before every object, so that nobody takes it for JSON. */
export const magic = 'k8s\0';

/** Throws what does not begin with it. */
export function checkMagic(bytes: Buffer): void {
  if (bytes.toString('latin1', 0, magic.length) !== magic) throw new RangeError('it does not begin as one');
}

/** An object as it would be as JSON, with its kind, or the Status that came instead. Throws what is cut off or garbled. */
export function decodeProtobuf(bytes: Buffer, message: Message): UnknownRecord {
  checkMagic(bytes);
  const { typeMeta, raw } = readMessage(bytes, unknown, magic.length);
  const { apiVersion, kind } = asRecord(typeMeta);
  if (!Buffer.isBuffer(raw)) throw new RangeError('there is nothing in its envelope');
  return { apiVersion, kind, ...readMessage(raw, kind === 'Status' ? status : message) };
}
