import type { Need } from '../iam/need.ts';
import type { Role } from '../iam/role.ts';
import type { Answer } from './answer.ts';
import { befall, type Ending } from './befall.ts';
import type { EngineCall, Units } from './call.ts';
import { accessKeyIn, type Caller, callerOf } from './caller.ts';
import type { Between } from './fault.ts';
import { s3NeedsWhenMissing } from './needs/s3.ts';
import { notAuthorized } from './refusals.ts';
import { type Stranger, strangerRefused } from './strangers.ts';
import { Tally } from './tally.ts';
import { metered } from './units/meter.ts';

/** What the passage asks of the system around it. */
export interface PassageWorld extends Between {
  /** The role of a function, by its logical id. */
  role(function_: string): Role | undefined;
  /** The role of a tool of this machine, by its access key id. */
  tool?(accessKey: string): Role | undefined;
  /** Kills an environment. */
  crash(caller: Caller): void;
  log(line: string): void;
}

/** A call on its way: what it is, who signed it, its bytes, the permissions that it needs, and how it is done. */
export interface Passing extends Pick<EngineCall, 'service' | 'operation'> {
  /** The header of that name. */
  readonly authorization: string | undefined;
  readonly asked: Buffer;
  needs(call: EngineCall): readonly Need[];
  doing(body: Buffer): Promise<Answer>;
}

/** What every call passes: who signed it and what that may do; of functions also the faults of a test, the meter, the count. */
export class Passage {
  readonly tally = new Tally();
  /** What was refused, each once: `DetectFunction01 may not dynamodb:Scan on arn:…`, `unsigned: sqs SendMessage`. */
  readonly refused = new Set<string>();
  readonly #world: PassageWorld;

  constructor(world: PassageWorld) {
    this.#world = world;
  }

  async pass(passing: Passing): Promise<Ending> {
    const key = accessKeyIn(passing.authorization);
    if (key === undefined) return this.#strange('unsigned', passing);
    const caller = callerOf(key);
    const role = caller === undefined ? this.#world.tool?.(key) : this.#world.role(caller.function);
    if (role === undefined) return this.#strange('unknown key', passing);
    const call = callOf(passing, caller ?? { function: key, environment: 0 });
    if (caller !== undefined) return this.#function(call, role, passing);
    return this.#refusal(call, role, passing.needs(call)) ?? passing.doing(passing.asked);
  }

  async #function(call: EngineCall, role: Role, { asked, needs, ...passing }: Passing): Promise<Ending> {
    const doing = call.service === 's3' ? this.#hidden(call, role, passing.doing) : passing.doing;
    const { faults, observe } = this.#world;
    const begun = observe === undefined ? 0 : performance.now();
    const needed = needs(call);
    const refused = this.#refusal(call, role, needed);
    const fault = refused === undefined ? faults?.(call) : undefined;
    if (refused !== undefined || fault?.kind === 'deny') {
      const answer =
        refused ?? denial(call, role, needed[0] ?? { action: call.operation, resource: '*' }, false);
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

  #hidden(call: EngineCall, role: Role, doing: Passing['doing']): Passing['doing'] {
    return async (body) => {
      const answer = await doing(body);
      if (answer.status !== 404) return answer;
      return this.#refusal(call, role, s3NeedsWhenMissing(call.operation)) ?? answer;
    };
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

  #strange(why: Stranger, { service, operation }: Passing): Answer {
    this.#tell(`${why}: ${service} ${operation}`);
    return strangerRefused(service, why);
  }

  #refusal(call: EngineCall, role: Role, needed: readonly Need[]): Answer | undefined {
    for (const need of needed) {
      const verdict = role.judge(need);
      if (verdict === 'allow') continue;
      this.#tell(`${call.function} may not ${need.action} on ${need.resource}`);
      return denial(call, role, need, verdict === 'explicit deny');
    }
    return undefined;
  }

  #tell(line: string): void {
    this.refused.add(line);
    this.#world.log(line);
  }
}

/** What AWS says to whom its role does not allow something; a test may ask for it of a call that is allowed. */
const denial = (
  { service }: EngineCall,
  { arn }: Role,
  { action, resource }: Pick<Need, 'action' | 'resource'>,
  isExplicit: boolean,
): Answer => notAuthorized(service, arn, action, resource, isExplicit);

/** The call as others see it; its body is text only for those who look at it. */
function callOf({ service, operation, asked }: Passing, caller: Caller): EngineCall {
  let text: string | undefined;
  return {
    service,
    operation,
    function: caller.function,
    environment: caller.environment,
    get body() {
      text ??= asked.toString();
      return text;
    },
  };
}
