import { servicesByRole } from './iam/roles.ts';
import { invocationsOf } from './invocations.ts';
import type { Border, Learned } from './proxy/border.ts';
import type { World } from './resource.ts';

/** What a template allows, as far as resources ask for it. */
export type Permitted = Pick<World, 'may' | 'mayByRole' | 'mayInvoke' | 'pass'>;

/** Reads what a resolved template allows, and has the border enforce it; throws on what nobody here evaluates. */
export function permittedBy(world: Learned, border: Border): Permitted {
  border.learn(world);
  const ids = new Map(
    world
      .all('AWS::Lambda::Function')
      .flatMap(({ id, identity: { ref, attributes } }) =>
        [ref, attributes.Arn ?? ''].map((name) => [name, id]),
      ),
  );
  return {
    may: (name, action, resource) => border.role(ids.get(name) ?? name)?.allows(action, resource) === true,
    mayByRole: servicesByRole(world),
    mayInvoke: invocationsOf(world),
    pass: (passing) => border.passage.pass(passing),
  };
}
