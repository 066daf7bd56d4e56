import { clusterFlags } from './cluster-flags.ts';
import type { FlagTable } from './flag.ts';
import { listOutput, oneOf, viewFlags } from './view-flags.ts';

/** Which Services, and where they are read. */
const selectionFlags = {
  allNamespaces: {
    type: 'boolean',
    shortFlag: 'A',
    default: false,
    usage:
      'If present, take the Services of all namespaces. Namespace in current context is ignored even if specified with --namespace.',
  },
  from: {
    type: 'string',
    isMultiple: true,
    default: [],
    usage:
      'Read a file instead of the cluster: a snapshot, the output of "kubectl get -o json" or "-o yaml", or an answer of the APISIX admin or control API; "-" is stdin. This flag can be repeated.',
  },
  selector: {
    type: 'string',
    shortFlag: 'l',
    default: '',
    usage:
      "Selector (label query) of Services, supports '=', '==', '!=', 'in', 'notin'.(e.g. -l key1=value1,key2=value2,key3 in (value3)).",
  },
} satisfies FlagTable;

const waysToPods = ['port-forward', 'exec'] as const;

/** Reaching Apache APISIX. */
const gatewayFlags = {
  allReplicas: {
    type: 'boolean',
    default: false,
    usage:
      'Read every pod of APISIX side by side: what it is configured with, what its workers use (the control API) and what its health checks probe.',
  },
  apisixKeyFile: {
    type: 'string',
    default: '',
    usage: "File with the key of APISIX's admin API; the variable APISIX_ADMIN_KEY is read otherwise.",
  },
  apisixKeySecret: {
    type: 'string',
    default: '',
    usage: "Secret with the key of APISIX's admin API, as NAMESPACE/NAME/KEY.",
  },
  apisixPod: {
    type: 'string',
    default: '',
    bareValue: '*',
    usage:
      'Read APISIX through this pod, as [NAMESPACE/]POD, by port-forward. Without a value a pod is looked for.',
  },
  apisixTimeout: {
    type: 'string',
    default: '5s',
    usage: 'How long to wait for one answer of APISIX (e.g. 1s, 2m).',
  },
  apisixUrl: { type: 'string', default: '', usage: "URL of APISIX's admin API, e.g. http://127.0.0.1:9180." },
  apisixVia: {
    type: 'string',
    default: 'port-forward',
    values: waysToPods,
    usage: `How to reach pods of APISIX. ${oneOf(waysToPods)} exec runs curl or wget in them.`,
  },
} satisfies FlagTable;

/** What diff does beyond comparing: telling drift from what is on its way, and looking ahead. */
const verdictFlags = {
  atReplicas: {
    type: 'string',
    default: '',
    usage: 'Also name the pods that Endpoints would lack if each Service had this many ready ones.',
  },
  settle: {
    type: 'string',
    default: '30s',
    usage:
      'How long to read again, at most, until drift is confirmed: the same addresses differ and nothing involved has changed. 0 reads once.',
  },
  watch: {
    type: 'boolean',
    shortFlag: 'w',
    default: false,
    usage: 'After printing the verdict, watch for changes: one line each, with -o json a report a line.',
  },
} satisfies FlagTable;

/** The flags of each command's own. */
export const ownFlags = {
  diff: { ...selectionFlags, ...gatewayFlags, ...verdictFlags, ...viewFlags },
  list: {
    ...selectionFlags,
    ...gatewayFlags,
    color: viewFlags.color,
    output: listOutput,
  },
  upstream: {
    from: selectionFlags.from,
    ...gatewayFlags,
    output: listOutput,
    watch: {
      ...verdictFlags.watch,
      usage: 'After printing the upstreams, watch for changes: one line each, with -o json an event a line.',
    },
  },
  snapshot: {
    ...selectionFlags,
    ...gatewayFlags,
    filename: {
      type: 'string',
      shortFlag: 'f',
      default: '',
      usage: 'File to write the snapshot to; "-" is stdout.',
    },
  },
  doctor: viewFlags,
  explain: {},
  demo: { atReplicas: verdictFlags.atReplicas, settle: verdictFlags.settle, ...viewFlags },
  version: {
    client: {
      type: 'boolean',
      default: false,
      usage: 'If true, shows client version only (no server required).',
    },
    output: {
      type: 'string',
      shortFlag: 'o',
      default: '',
      values: ['json', 'yaml'],
      usage: "One of 'yaml' or 'json'.",
    },
  },
  completion: {},
  help: {},
} satisfies Readonly<Record<string, FlagTable>>;

/** Those of them that say where to read, when that is no file. */
export const liveFlags = { ...clusterFlags, ...gatewayFlags };

export type CommandName = keyof typeof ownFlags;

const helpFlag = {
  help: { type: 'boolean', shortFlag: 'h', default: false, usage: 'Print the help of the command.' },
} satisfies FlagTable;

/** Understood, and told nowhere. */
export const hiddenFlags = {
  profile: { type: 'string', default: '', usage: 'File to write what was done when to, as a Chrome trace.' },
} satisfies FlagTable;

/** The flags before any command is known: `kubectl eps -h`. */
export const rootFlags = { ...clusterFlags, ...helpFlag };

/** All that each command understands. */
export const commandFlags = {
  diff: { ...ownFlags.diff, ...rootFlags, ...hiddenFlags },
  list: { ...ownFlags.list, ...rootFlags, ...hiddenFlags },
  upstream: { ...ownFlags.upstream, ...rootFlags },
  snapshot: { ...ownFlags.snapshot, ...rootFlags },
  doctor: { ...ownFlags.doctor, ...rootFlags },
  explain: helpFlag,
  demo: { ...ownFlags.demo, ...helpFlag },
  version: { ...ownFlags.version, ...rootFlags },
  completion: helpFlag,
  help: helpFlag,
} satisfies Readonly<Record<CommandName, FlagTable>>;
