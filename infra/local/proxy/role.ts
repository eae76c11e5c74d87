import type { Need } from './need.ts';
import { type Statement, speaksOf, verdict } from './statement.ts';

/** What one function may do. */
export class Role {
  /** Who it is in the words of AWS: `arn:aws:sts::<account>:assumed-role/<role>/<function>`. */
  readonly arn: string;
  readonly #statements: readonly Statement[];
  /** By action and resource; both are few, and calls are many. */
  readonly #relevant = new Map<string, readonly Statement[]>();

  constructor(arn: string, statements: readonly Statement[]) {
    this.arn = arn;
    this.#statements = statements;
  }

  /** Whether the role's policies allow it. */
  allows(need: Need): boolean {
    return verdict(this.#relevantTo(need), need);
  }

  /** Whether the role's policies allow it under some condition at least: what is known before any call is made. */
  mayEver(action: string, resource: string): boolean {
    return this.#statements.some((one) => one.effect === 'Allow' && speaksOf(one, action, resource));
  }

  #relevantTo({ action, resource }: Need): readonly Statement[] {
    const name = `${action} ${resource}`;
    const known = this.#relevant.get(name);
    if (known !== undefined) return known;
    const found = this.#statements.filter((one) => speaksOf(one, action, resource));
    if (this.#relevant.size < rememberedMost) this.#relevant.set(name, found);
    return found;
  }
}

/** Pushes name each connection as a resource of its own, so the memory must have an end. */
const rememberedMost = 1_000;
