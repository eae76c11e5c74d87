import { parseSettings } from '../../config.ts';
import { type Finding, missing, ok } from './finding.ts';

const leastNode = 20;
const leastNpm = 10;

/**
 * Whether this machine can deploy.
 *
 * @param agent what npm says of itself: `npm/11.5.1 node/v24.6.0 linux x64 …`
 */
export function toolsHere(agent: string | undefined): readonly Finding[] {
  const [, npm, node] = /npm\/(\d+)\S* node\/v(\d+)/.exec(agent ?? '') ?? [];
  if (npm === undefined || node === undefined) return [];
  const what = `Node ${node} and npm ${npm}`;
  if (Number(node) >= leastNode && Number(npm) >= leastNpm) return [ok(what)];
  return [
    missing(what, `Install Node ${leastNode} or newer, which brings npm ${leastNpm}: https://nodejs.org`),
  ];
}

/** Whether the settings of cdk.json can be deployed; each fault is a finding. */
export function settingsHere(context: Readonly<Record<string, unknown>>): readonly Finding[] {
  try {
    const { organisation, administrator } = parseSettings(context);
    return [ok(`The settings in cdk.json are complete: ${organisation}, administrator ${administrator}`)];
  } catch (error) {
    const [, ...faults] = error instanceof Error ? error.message.split('\n') : [];
    return faults.map((fault) =>
      missing(`The setting ${fault.trim()}`, 'Correct it in cdk.json under "context".'),
    );
  }
}
