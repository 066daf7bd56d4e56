import { EpsError } from './error.ts';
import type { Labels } from './kubernetes.ts';

/** One requirement of a label selector, as `labels.Parse` of Kubernetes reads it. */
type Requirement = (labels: Labels) => boolean;

const key = '[A-Za-z0-9._/-]+';
const setBased = new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^)]*)\\)$`);
const equality = new RegExp(`^(${key})\\s*(==|=|!=)\\s*([A-Za-z0-9._-]*)$`);
const existence = new RegExp(`^(!?)\\s*(${key})$`);

function parseRequirement(text: string): Requirement {
  const [, setKey = '', setOperator, list = ''] = setBased.exec(text) ?? [];
  if (setOperator) {
    const values = list.split(',').map((value) => value.trim());
    const inside = (labels: Labels) => setKey in labels && values.includes(labels[setKey] ?? '');
    return setOperator === 'in' ? inside : (labels) => !inside(labels);
  }
  const [, equalKey = '', operator, value = ''] = equality.exec(text) ?? [];
  if (operator) return (labels) => (labels[equalKey] === value) === (operator !== '!=');
  const [, not, name] = existence.exec(text) ?? [];
  if (name === undefined) {
    throw new EpsError(`unable to parse requirement: "${text}"`, { hint: '-l app=httpbin' });
  }
  return (labels) => name in labels === (not === '');
}

/** A label selector (`a=b,c!=d,e in (f,g),!h`) as a test of labels; the empty one selects everything. */
export function parseLabelSelector(selector: string): Requirement {
  const requirements = selector
    .split(/,(?![^(]*\))/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(parseRequirement);
  return (labels) => requirements.every((requirement) => requirement(labels));
}
