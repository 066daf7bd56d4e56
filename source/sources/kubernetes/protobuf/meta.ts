import { asNumber } from '../../../core/door.ts';
import { boolean, bytes, integer, list, map, message, one, text, type Field } from './message.ts';

/** k8s.io/apimachinery/pkg/util/intstr/generated.proto: IntOrString. */
export const intOrString = (number: number): Field => {
  const isText = 1;
  return one(number, message({ type: integer(1), intVal: integer(2), strVal: text(3) }), (value) =>
    value['type'] === isText ? value['strVal'] : value['intVal'],
  );
};

/* k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto */

/** RFC 3339, as in JSON. The zero time is an empty message, and `null` in JSON. */
const time = (number: number): Field =>
  one(number, message({ seconds: integer(1) }), ({ seconds }) => {
    const at = asNumber(seconds);
    return at === undefined ? '' : new Date(at * 1_000).toISOString().replace('.000Z', 'Z');
  });

const ownerReference = message({ kind: text(1), name: text(3), uid: text(4), controller: boolean(6) });

const identity = {
  name: text(1),
  namespace: text(3),
  uid: text(5),
  resourceVersion: text(6),
  deletionTimestamp: time(9),
  labels: map(11),
};

/** Of thousands of pods nobody asks how old they are, or whose. */
export const podMeta = message(identity);

export const objectMeta = message({
  ...identity,
  creationTimestamp: time(8),
  annotations: map(12),
  ownerReferences: list(one(13, ownerReference)),
});

export const listMeta = message({ resourceVersion: text(2) });

/** What the server sends instead of the object asked for. */
export const status = message({ message: text(3), reason: text(4), code: integer(6) });

/** k8s.io/apimachinery/pkg/runtime/generated.proto: Unknown, the envelope of every object. */
export const unknown = message({
  typeMeta: one(1, message({ apiVersion: text(1), kind: text(2) })),
  raw: bytes(2),
});

/** k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto: WatchEvent, whose object is in an envelope of its own. */
export const watchEvent = message({ type: text(1), object: one(2, message({ raw: bytes(1) })) });
