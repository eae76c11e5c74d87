import { parseYaml, YamlFault, yamlText } from '../../shared/kernel/yaml/index.ts';
import { briefRule } from './brief.ts';
import type { Scope } from './checked.ts';
import type { Configuration } from './use-rules.ts';

const firstRule = `# Rules are tried in their order; the first that is on and fits decides.
# - id: disks
#   name: Disks by host
#   conditions: { when: '@title=~"Disk .*"', severity: P2_HIGH }
#   group: { by: ["label:host"] }
`;

/** What a draft begins as: what is in force, as somebody would write it. */
export function begunFrom(configuration: Configuration, scope: Scope): string {
  const rules = configuration.rules.map(briefRule);
  if (scope === 'rules') return rules.length === 0 ? firstRule : yamlText(rules);
  const { shadow, ...rest } = configuration;
  const watched = shadow && { shadow: { ...shadow, rules: shadow.rules.map(briefRule) } };
  return yamlText({ ...rest, rules, ...watched });
}

export type Format = 'YAML' | 'JSON';

/** In which of both a text is written: what begins with a bracket is JSON. */
export const formatOf = (text: string): Format => (/^\s*[[{]/.test(text) ? 'JSON' : 'YAML');

/** The same in the other format, without comments; undefined when it cannot be read. */
export function reformatted(text: string): string | undefined {
  try {
    const value = parseYaml(text) ?? [];
    return formatOf(text) === 'YAML' ? `${JSON.stringify(value, undefined, 2)}\n` : yamlText(value);
  } catch (fault) {
    if (fault instanceof YamlFault) return undefined;
    throw fault;
  }
}

/** Whether a text in YAML has a comment, which JSON has not. */
export const hasComment = (text: string): boolean =>
  formatOf(text) === 'YAML' && /^(?:[^"'\n]*\s)?#/m.test(text);
