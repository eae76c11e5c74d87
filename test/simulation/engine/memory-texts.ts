import { notKnown } from './tokens.ts';
import type { Engine } from './world.ts';

/** SNS in memory: keeps the text messages that it accepted. */
export class MemoryTexts implements Engine {
  readonly sent: { readonly to: string; readonly text: string }[] = [];

  call(operation: string, input: unknown): unknown {
    if (operation !== 'Publish') throw notKnown(`${operation} of SNS`);
    const { PhoneNumber: to, Message: text } = input as { PhoneNumber?: string; Message?: string };
    if (to === undefined || text === undefined) throw notKnown('a message to a topic');
    this.sent.push({ to, text });
    return { MessageId: `text-${this.sent.length}` };
  }
}
