import { listOutput, oneOf, viewFlags } from './view-flags.ts';

/** One flag, as meow reads it and as kubectl prints it. The key in its table is the name in camelCase. */
export type Flag = {
  readonly shortFlag?: string;
  /** The sentence that the help shows. */
  readonly usage: string;
} & (
  | { readonly type: 'boolean'; readonly default: boolean }
  /** `bareValue`: takes a value only by `=`; without one it is this (pflag's NoOptDefVal). */
  | {
      readonly type: 'string';
      readonly default: string;
      readonly bareValue?: string;
      /** Where it takes no others. */
      readonly values?: readonly string[];
    }
  | { readonly type: 'string'; readonly default: string[]; readonly isMultiple: true }
);

export type FlagTable = Readonly<Record<string, Flag>>;

/** kubectl's own flags for reaching a cluster, in kubectl's own words. */
export const clusterFlags = {
  as: {
    type: 'string',
    default: '',
    usage:
      'Username to impersonate for the operation. User could be a regular user or a service account in a namespace.',
  },
  asGroup: {
    type: 'string',
    isMultiple: true,
    default: [],
    usage: 'Group to impersonate for the operation, this flag can be repeated to specify multiple groups.',
  },
  asUid: { type: 'string', default: '', usage: 'UID to impersonate for the operation.' },
  asUserExtra: {
    type: 'string',
    isMultiple: true,
    default: [],
    usage:
      'User extras to impersonate for the operation, this flag can be repeated to specify multiple values for the same key.',
  },
  certificateAuthority: {
    type: 'string',
    default: '',
    usage: 'Path to a cert file for the certificate authority',
  },
  clientCertificate: { type: 'string', default: '', usage: 'Path to a client certificate file for TLS' },
  clientKey: { type: 'string', default: '', usage: 'Path to a client key file for TLS' },
  cluster: { type: 'string', default: '', usage: 'The name of the kubeconfig cluster to use' },
  context: { type: 'string', default: '', usage: 'The name of the kubeconfig context to use' },
  disableCompression: {
    type: 'boolean',
    default: false,
    usage: 'If true, opt-out of response compression for all requests to the server',
  },
  insecureSkipTlsVerify: {
    type: 'boolean',
    default: false,
    usage:
      "If true, the server's certificate will not be checked for validity. This will make your HTTPS connections insecure",
  },
  kubeconfig: { type: 'string', default: '', usage: 'Path to the kubeconfig file to use for CLI requests.' },
  namespace: {
    type: 'string',
    shortFlag: 'n',
    default: '',
    usage: 'If present, the namespace scope for this CLI request',
  },
  requestTimeout: {
    type: 'string',
    default: '0',
    usage:
      "The length of time to wait before giving up on a single server request. Non-zero values should contain a corresponding time unit (e.g. 1s, 2m, 3h). A value of zero means don't timeout requests.",
  },
  server: {
    type: 'string',
    shortFlag: 's',
    default: '',
    usage: 'The address and port of the Kubernetes API server',
  },
  tlsServerName: {
    type: 'string',
    default: '',
    usage:
      'Server name to use for server certificate validation. If it is not provided, the hostname used to contact the server is used',
  },
  token: { type: 'string', default: '', usage: 'Bearer token for authentication to the API server' },
  user: { type: 'string', default: '', usage: 'The name of the kubeconfig user to use' },
} satisfies FlagTable;

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

/** `asUserExtra` -> `as-user-extra`. */
export function flagName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
