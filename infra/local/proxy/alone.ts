import { Role } from '../iam/role.ts';
import { readStatements } from '../iam/statement.ts';
import type { Engines } from '../resource.ts';
import type { Caller } from './caller.ts';
import type { Between } from './fault.ts';
import { Passage } from './passage.ts';
import { type EngineProxy, startProxy } from './proxy.ts';

const everything = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const anything = new Role('arn:aws:sts::000000000000:assumed-role/any', readStatements(everything, 'tests'));

/**
 * Puts a proxy before an engine without a template, for tests of adapters: whoever signs with `accessKeyOf` passes it,
 * and may do everything.
 *
 * @param engine http://127.0.0.1:port
 * @param crash what the death of the caller means to the test
 */
export function startProxyAlone(
  service: keyof Engines,
  engine: string,
  between: Between,
  crash: (caller: Caller) => void,
): Promise<EngineProxy> {
  const passage = new Passage({ ...between, role: () => anything, crash, log: () => undefined });
  return startProxy({ service, engine, passage, needs: () => [] });
}
