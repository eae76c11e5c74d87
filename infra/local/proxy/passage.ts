import type { Answer } from './answer.ts';
import { befall, type Ending } from './befall.ts';
import type { EngineCall, Units } from './call.ts';
import type { Caller } from './caller.ts';
import type { Between } from './fault.ts';
import type { Need } from './need.ts';
import { notAuthorized } from './refusals.ts';
import type { Role } from './role.ts';
import { Tally } from './tally.ts';
import { metered } from './units/meter.ts';

/** What the passage asks of the system around it. */
export interface PassageWorld extends Between {
  /** The role of a function, by its logical id. */
  role(function_: string): Role | undefined;
  /** Kills an environment. */
  crash(caller: Caller): void;
  log(line: string): void;
}

/** A call on its way: what it is, its bytes, the permissions that it needs, and how it is done. */
export interface Passing {
  readonly call: EngineCall;
  readonly asked: Buffer;
  needs(): readonly Need[];
  doing(body: Buffer): Promise<Answer>;
}

/** What every call of a function passes: its role, the faults of a test, the meter and the count. */
export class Passage {
  readonly tally = new Tally();
  /** What roles did not allow, each once: `DetectFunction01 may not dynamodb:Scan on arn:…`. */
  readonly refused = new Set<string>();
  readonly #world: PassageWorld;

  constructor(world: PassageWorld) {
    this.#world = world;
  }

  async pass({ call, asked, needs, doing }: Passing): Promise<Ending> {
    const { faults, observe } = this.#world;
    const begun = performance.now();
    const refused = this.#refusal(call, needs);
    const fault = refused === undefined ? faults?.(call) : undefined;
    if (refused !== undefined || fault?.kind === 'deny') {
      const answer = refused ?? this.#denial(call, needs()[0]);
      this.tally.add(call, answer.status);
      observe?.(call, { status: answer.status, took: performance.now() - begun });
      return answer;
    }
    const done = observe === undefined ? doing : this.#observed(call, doing, begun);
    const ending = await befall(fault, call, asked, done);
    this.tally.add(call, typeof ending === 'string' ? 0 : ending.status);
    if (ending === 'death') this.#world.crash(call);
    return ending;
  }

  #observed(call: EngineCall, doing: Passing['doing'], begun: number): Passing['doing'] {
    const tell = (answer: Answer, units?: Units): Answer => {
      const { status } = answer;
      this.#world.observe?.(call, { status, took: performance.now() - begun, ...(units && { units }) });
      return answer;
    };
    if (call.service !== 'dynamodb') return async (body) => tell(await doing(body));
    return async (body) => {
      const { answer, units } = await metered(call.operation, body, doing);
      return tell(answer, units);
    };
  }

  #refusal(call: EngineCall, needs: Passing['needs']): Answer | undefined {
    const role = this.#world.role(call.function);
    const lacking = needs().find((need) => role?.allows(need) !== true);
    if (lacking === undefined) return undefined;
    this.refused.add(`${call.function} may not ${lacking.action} on ${lacking.resource}`);
    return this.#denial(call, lacking);
  }

  #denial(call: EngineCall, need: Need | undefined): Answer {
    const who = this.#world.role(call.function)?.arn ?? call.function;
    const lacking = need ?? { action: call.operation, resource: '*', value: () => undefined };
    this.#world.log(`${call.function} may not ${lacking.action} on ${lacking.resource}`);
    return notAuthorized(call.service, who, lacking);
  }
}
