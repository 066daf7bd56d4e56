/** What `-o` takes of reports, and of what has a line each, and so a name. */
export const viewOutputs = ['json', 'yaml', 'wide'] as const;
export const listOutputs = [...viewOutputs, 'name'] as const;

export const colorModes = ['auto', 'always', 'never'] as const;

/** As kubectl's help lists values. */
export const oneOf = (values: readonly string[]) => `One of: (${values.join(', ')}).`;

export const viewFlags = {
  color: {
    type: 'string',
    default: 'auto',
    values: colorModes,
    usage: `When to use colors. ${oneOf(colorModes)}`,
  },
  output: {
    type: 'string',
    shortFlag: 'o',
    default: '',
    values: viewOutputs,
    usage: `Output format. ${oneOf(viewOutputs)}`,
  },
} as const;

export const listOutput = {
  ...viewFlags.output,
  values: listOutputs,
  usage: `Output format. ${oneOf(listOutputs)}`,
} as const;
