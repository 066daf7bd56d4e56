import { EpsError } from '../../core/error.ts';

/** What would name something else in the path of a request. */
function refuseUnsafe(name: string): void {
  if (name === '') throw new EpsError('resource name may not be empty');
  const reason = ['.', '..'].includes(name)
    ? `may not be '${name}'`
    : name.includes('%') && "may not contain '%'";
  if (reason) throw new EpsError(`invalid resource name "${name}": [${reason}]`);
}

/** What kubectl accepts for the kind of a Service, in any case. */
const serviceKinds = ['svc', 'service', 'services'];

function serviceName(word: string): string {
  if (!word.includes('/')) return word;
  const [kind, name, ...more] = word.split('/');
  if (more.length > 0) {
    throw new EpsError('arguments in resource/name form may not have more than one slash');
  }
  if (!kind || !name) {
    throw new EpsError('arguments in resource/name form must have a single resource and name');
  }
  if (!serviceKinds.includes(kind.toLowerCase())) {
    throw new EpsError(`${word} is not a Service: write NAME, svc/NAME or service/NAME`);
  }
  return name;
}

/** `NAME`, `svc/NAME` and `service/NAME` to names, each once. */
export function serviceNames(words: readonly string[]): readonly string[] {
  const names = words.map(serviceName);
  names.forEach(refuseUnsafe);
  return [...new Set(names)];
}
