import type { CommandName } from './flags.ts';

/** What the help says of a command, besides its flags. */
export type Page = {
  /** After `kubectl eps NAME`. */
  readonly args: string;
  /** One line, for the list of commands. */
  readonly short: string;
  readonly long: string;
  readonly examples: readonly { readonly comment: string; readonly command: string }[];
};

export const rootLong = `Show where a Service's addresses get lost: which addresses are in its Pods, EndpointSlices, Endpoints and in the gateway, at which layer each one was lost, why, and what to do.

 It only reads.`;

export const pages: Readonly<Record<CommandName, Page>> = {
  diff: {
    args: '(SERVICE... | -l SELECTOR | -A)',
    short: 'Compare the addresses of a Service layer by layer',
    long: `Compare the addresses of Services layer by layer, from Pods to the gateway, and name for each address the first layer that lost it, with the cause and what to do.

 SERVICE is NAME, svc/NAME or service/NAME. With --from and no SERVICE, every Service in the files is taken.

 Drift that is read live is read again until it is confirmed: the same addresses differ, and nothing involved has changed in between.

 Exit status: 0 Every layer agrees. 1 Drift was found. 2 The command line, a file or Kubernetes failed. 3 A layer that matters could not be read.`,
    examples: [
      { comment: 'Compare the layers of one Service', command: 'kubectl eps diff httpbin' },
      {
        comment: 'The same in another namespace, as JSON',
        command: 'kubectl eps diff svc/httpbin -n shop -o json',
      },
      {
        comment: 'Every Service with a label, in all namespaces',
        command: 'kubectl eps diff -A -l app=httpbin',
      },
      {
        comment: 'The pods that Endpoints would lack at 1400 replicas',
        command: 'kubectl eps diff httpbin --at-replicas 1400',
      },
      {
        comment: 'With the gateway of a certain pod',
        command: 'kubectl eps diff httpbin --apisix-pod=ingress-apisix/apisix-0',
      },
      {
        comment: 'Work on files instead of a cluster',
        command: 'kubectl eps diff httpbin --from snapshot.json',
      },
    ],
  },
  list: {
    args: '[-A | -l SELECTOR]',
    short: 'List Services with what each layer has of them, drift first',
    long: `List Services, one line each: how many addresses each layer has, the status, and the worst finding. Those that drift come first, then those of which it could not be told.

 Without -A it lists the Services of one namespace; with --from those of the files. On a terminal it is a live screen: enter opens a Service. With -o, or in a pipe, everything is read once, so drift is listed as it was seen: what a rollout changes just then is among it. "kubectl eps diff" confirms drift, and has the addresses.

 PODS, SLICES and ENDPOINTS count ready addresses of all. With -o json or yaml each Service has the layers and findings of its report, without the addresses.

 Exit status: 0 It listed, whatever it found. 1 The command line, a file or Kubernetes failed.`,
    examples: [
      { comment: 'The Services of the namespace', command: 'kubectl eps list' },
      { comment: 'All Services, with what is wrong in words', command: 'kubectl eps list -A -o wide' },
      {
        comment: 'What drifts, for a script',
        command: `kubectl eps list -A -o json | jq -r '.items[] | select(.status == "Drift") | .metadata.name'`,
      },
    ],
  },
  upstream: {
    args: '[ID | SERVICE]',
    short: 'Show the upstreams that APISIX really has',
    long: `Show the upstreams that APISIX really has: their nodes, the Service and the routes that each belongs to, and who wrote it.

 APISIX is read through its admin API: at --apisix-url, or by port-forward to a pod. ID is the id or the name of an upstream; SERVICE is NAME, svc/NAME or service/NAME.

 With -w it goes on: a line for each upstream that appears, gets other nodes or weights, or is gone, and for a gateway that cannot be read, or can be again. After the first reading APISIX is asked for one upstream at a time, by id, and lists nothing again: every 5 s, and less often where there are more than 166. So an upstream that is new is noticed where a SERVICE was given, or where an ApisixRoute or an Ingress of a class apisix leads to a Service port that had none; one that somebody makes by hand meanwhile is not.

 Exit status: 0 The upstreams were read. 1 Something failed. 3 APISIX could not be read.`,
    examples: [
      { comment: 'Every upstream, asking a pod of APISIX', command: 'kubectl eps upstream --apisix-pod' },
      { comment: 'The nodes of one Service', command: 'kubectl eps upstream svc/httpbin' },
      { comment: 'What becomes of them during a rollout', command: 'kubectl eps upstream svc/httpbin -w' },
      {
        comment: 'One upstream of an APISIX that listens here',
        command: 'kubectl eps upstream 5ce57b8e --apisix-url http://127.0.0.1:9180 --apisix-key-file key.txt',
      },
    ],
  },
  snapshot: {
    args: '(SERVICE... | -l SELECTOR | -A) -f FILE',
    short: 'Write what diff would read to a file',
    long: `Write everything that diff reads of Services to one file, for "--from", for a bug report or for later.

 SERVICE is NAME, svc/NAME or service/NAME.`,
    examples: [
      { comment: 'Keep what is known of a Service', command: 'kubectl eps snapshot httpbin -f httpbin.json' },
      { comment: 'Everything, compressed', command: 'kubectl eps snapshot -A -f - | gzip > cluster.json.gz' },
    ],
  },
  doctor: {
    args: '',
    short: 'Look for what is wrong with the installation itself',
    long: `Look for what is wrong with the installation itself: versions and their known bugs, what each ingress controller really reads, default keys and an open admin API of APISIX, your own permissions, and the clock.

 What a controller reads is told by what it logs on start where pods/log may be read, else by its ConfigMap. Permissions are those of the namespace in use, and of the namespaces of APISIX. With -o wide those that you have are listed too. No key is printed, no Secret read.

 Exit status: 0 It looked, whatever it found; -o json has the findings. 1 The command line or Kubernetes failed.`,
    examples: [
      { comment: 'Look for what is wrong', command: 'kubectl eps doctor' },
      {
        comment: 'With the permissions of somebody else in a namespace',
        command: 'kubectl eps doctor -n shop --as jane -o wide',
      },
      { comment: 'For a bug report', command: 'kubectl eps doctor -o yaml' },
    ],
  },
  explain: {
    args: '[CODE]',
    short: 'Explain a finding: what it means, how it comes about, what to do',
    long: `Print the page of a finding: what it means, how it comes about, what the objects look like, what to do, which versions have it, and the threads behind it. Without a code, list the findings.

 No cluster is needed.`,
    examples: [
      { comment: 'List the findings', command: 'kubectl eps explain' },
      { comment: 'What diff has found', command: 'kubectl eps explain EndpointsTruncated' },
    ],
  },
  demo: {
    args: '',
    short: 'Run diff on a recording that ships with the program',
    long: `Run diff on a recording that ships with the program; no cluster is needed. A recording does not change, so it is read once whatever --settle says.

 Exit status: that of diff.`,
    examples: [
      { comment: 'See what diff shows', command: 'kubectl eps demo' },
      { comment: 'See the report as YAML', command: 'kubectl eps demo -o yaml' },
      {
        comment: 'The pods that Endpoints would lack at 3000 replicas',
        command: 'kubectl eps demo --at-replicas 3000',
      },
    ],
  },
  version: {
    args: '',
    short: 'Print the client and server version information',
    long: 'Print the version of the program and of the API server.',
    examples: [
      { comment: 'Print both versions', command: 'kubectl eps version' },
      { comment: 'Without asking a server', command: 'kubectl eps version --client' },
    ],
  },
  completion: {
    args: '(install | bash | zsh | fish | powershell)',
    short: 'Set up completion by the tab key',
    long: `Set up completion by the tab key: of commands, flags, namespaces, contexts, Services, upstreams, findings and formats.

 "install" makes kubectl complete "kubectl eps": it puts a link with the name kubectl_complete-eps beside this program, where kubectl (1.26 or later, with its own completion set up) looks for it. The name of a shell prints a script that completes "kubectl-eps" typed as one word.`,
    examples: [
      { comment: 'Complete "kubectl eps"', command: 'kubectl eps completion install' },
      {
        comment: 'Complete "kubectl-eps" in this bash',
        command: 'source <(kubectl eps completion bash)',
      },
      {
        comment: 'Complete "kubectl-eps" in fish, for good',
        command: 'kubectl eps completion fish > ~/.config/fish/completions/kubectl-eps.fish',
      },
    ],
  },
  help: {
    args: '[COMMAND]',
    short: 'Help about a command',
    long: 'Print the help of a command, or of the program.',
    examples: [{ comment: 'The flags and exit codes of diff', command: 'kubectl eps help diff' }],
  },
};
