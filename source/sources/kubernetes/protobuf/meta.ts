import { asNumber } from '../../../core/door.ts';
import { timeText } from '../time.ts';
import { boolean, bytes, integer, list, map, message, one, text, type Field } from './message.ts';

/** k8s.io/apimachinery/pkg/util/intstr/generated.proto: IntOrString. */
export const intOrString = (number: number): Field => {
  const isText = 1;
  return one(number, message({ type: integer(1), intVal: integer(2), strVal: text(3) }), (value) =>
    value['type'] === isText ? value['strVal'] : value['intVal'],
  );
};

/* k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto */

/** Thousands of objects were written in few seconds: each is put into words once, and shared. */
const timesInWords = new Map<number, string>();
const mostTimes = 10_000;

function timeInWords(seconds: number): string {
  const known = timesInWords.get(seconds);
  if (known !== undefined) return known;
  if (timesInWords.size >= mostTimes) timesInWords.clear();
  const words = timeText(new Date(seconds * 1_000));
  timesInWords.set(seconds, words);
  return words;
}

/** RFC 3339, as in JSON. The zero time is an empty message, and `null` in JSON. */
const time = (number: number): Field =>
  one(number, message({ seconds: integer(1) }), (value) => {
    const seconds = asNumber(value['seconds']);
    return seconds === undefined ? '' : timeInWords(seconds);
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

export const nodeMeta = message(identity);

const dated = {
  ...identity,
  deletionGracePeriodSeconds: integer(10),
  managedFields: list(one(17, message({ time: time(4) }))),
};

/** Of thousands of pods nobody asks how old they are, or whose. */
export const podMeta = message(dated);

export const objectMeta = message({
  ...dated,
  creationTimestamp: time(8),
  annotations: map(12),
  ownerReferences: list(one(13, ownerReference)),
});

export const listMeta = message({ resourceVersion: text(2) });

/** An object of any kind that has nothing but its metadata: annotations tell where the list of a watch ends. */
export const bookmark = message({
  metadata: one(1, message({ resourceVersion: text(6), annotations: map(12) })),
});

/** What the server sends instead of the object asked for. */
export const status = message({ message: text(3), reason: text(4), code: integer(6) });

/** k8s.io/apimachinery/pkg/runtime/generated.proto: Unknown, the envelope of every object. */
export const unknown = message({
  typeMeta: one(1, message({ apiVersion: text(1), kind: text(2) })),
  raw: bytes(2),
});

/** k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto: WatchEvent, whose object is in an envelope of its own. */
export const watchEvent = message({ type: text(1), object: one(2, message({ raw: bytes(1) })) });
