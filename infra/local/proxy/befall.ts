import type { Answer } from './answer.ts';
import type { EngineCall } from './call.ts';
import { errorAnswer } from './error-answer.ts';
import type { Fault } from './fault.ts';
import { partly } from './partly.ts';
import { conflicting, internalError, throttled } from './refusals.ts';

/** How a call ended for its caller: an answer, none for ever, a broken connection, or its own death. */
export type Ending = Answer | 'silence' | 'broken' | 'death';

/** Does a call as its fault, if there is one, lets it be done. */
export async function befall(
  fault: Fault | undefined,
  call: EngineCall,
  asked: Buffer,
  doing: (body: Buffer) => Promise<Answer>,
): Promise<Ending> {
  const { service } = call;
  if (fault === undefined) return doing(asked);
  switch (fault.kind) {
    case 'throttle':
      return throttled(service);
    case 'error':
      return errorAnswer(service, { ...fault, message: `${fault.code}, as a test wants it` });
    case 'conflict':
      return conflicting(service, call.operation, call.body);
    case 'part':
      return partly(call, doing);
    case 'delay':
      await fault.until;
      return doing(asked);
    case 'hang':
      return 'silence';
    case 'crash-before':
      return 'death';
    case 'deny':
      throw new Error('A denial is given by whoever knows the role');
    default:
      return afterDoing(fault, call, asked, doing);
  }
}

type Done = Extract<Fault, { readonly kind: 'twice' | 'internal-error' | 'lose-answer' | 'crash-after' }>;

async function afterDoing(
  fault: Done,
  { service }: EngineCall,
  asked: Buffer,
  doing: (body: Buffer) => Promise<Answer>,
): Promise<Ending> {
  if (fault.kind === 'internal-error' && !fault.done) return internalError(service);
  await doing(asked);
  switch (fault.kind) {
    case 'internal-error':
      return internalError(service);
    case 'twice':
      return doing(asked);
    case 'lose-answer':
      return 'broken';
    case 'crash-after':
      return 'death';
  }
}
