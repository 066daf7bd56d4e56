import { compareText } from '../address.ts';
import type { Labels, Pod } from '../kubernetes.ts';
import { hasSelector, matchesNothing } from '../scope.ts';
import type { Finding } from './finding.ts';
import { get } from './words.ts';

/** What tells siblings apart: numbers, and letters that stand alone, as in `shard-a`. */
const numberingOf = (text: string) => (text.match(/\d|\b[a-z]\b/gi) ?? []).join('');

/** Below this one letter is a difference that is meant, as between `a` and `b`. */
const shortestTypo = 4;

/** One letter changed, left out or put in is a typo; of a number it is a sibling. */
function isTypo(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < shortestTypo || numberingOf(a) !== numberingOf(b)) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const rest = short.slice(at + (short.length === long.length ? 1 : 0));
  return rest === long.slice(at + 1);
}

/** What was perhaps meant by a label that is not there: its value under another key, or nearly its value under its key. */
function nearMiss(key: string, value: string, labels: Labels): string | undefined {
  const near = Object.entries(labels).find(
    ([otherKey, otherValue]) => otherValue === value || (otherKey === key && isTypo(otherValue, value)),
  );
  return near && `${near[0]}=${near[1]}`;
}

type Miss = { readonly wanted: string; readonly there: string };

/** A pod that all but one requirement of the selector matches, and nearly that one too. */
function nearestMiss(selector: Labels, pods: readonly Pod[]): Miss | undefined {
  const misses = pods.flatMap(({ labels }) => {
    const failed = Object.entries(selector).filter(([key, value]) => labels[key] !== value);
    const [first, second] = failed;
    const there = first && !second ? nearMiss(first[0], first[1], labels) : undefined;
    return first && there ? [{ wanted: `${first[0]}=${first[1]}`, there }] : [];
  });
  return misses.sort((a, b) => compareText(a.there, b.there))[0];
}

export const selectorMatchesNothing: Finding = {
  code: 'SelectorMatchesNothing',
  layer: 'Service',
  severities: ['Warning', 'Info'],
  summary: 'no pod has the labels of the selector; the nearest miss is named',
  page: {
    meaning:
      'The selector of the Service matches no pod of its namespace, so the Service has no addresses at all. It is a Warning when there are pods that nearly match, for then it is most likely a mistake; else Info.',
    cause:
      'A typo in a label, a label that was renamed on one side only, the wrong namespace, or a Deployment scaled to zero.',
    objects: [
      'kind: Service',
      'spec:',
      '  selector: { name: nginx-ingress }   # the pods have app=nginx-ingress',
    ],
    action:
      'Make selector and labels agree. The selector of a Service can be changed at any time; the one of a Deployment cannot.',
    commands: [
      'kubectl get pods -n NAMESPACE --show-labels',
      "kubectl get service SERVICE -n NAMESPACE -o jsonpath='{.spec.selector}'",
    ],
  },
  references: ['kubernetes/kubernetes#7341', 'kubernetes/kubernetes#47711'],
  find: ({ join }) => {
    const { service, neighbours } = join.scope;
    if (!hasSelector(service) || !matchesNothing(join.scope)) return [];
    const miss = nearestMiss(service.selector, neighbours);
    const selector = Object.entries(service.selector)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    return [
      {
        severity: miss ? 'Warning' : 'Info',
        rows: [],
        message: miss
          ? `the selector matches no pod: pods have ${miss.there}, the selector says ${miss.wanted}`
          : `the selector ${selector} matches no pod: scaled to zero, or the labels differ`,
        hint: get(service, 'pods --show-labels'),
      },
    ];
  },
};
