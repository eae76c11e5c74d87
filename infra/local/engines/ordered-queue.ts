/** What of a message in an ordered queue says where it stands. */
interface Placed {
  readonly messageGroupId?: string;
  readonly sequenceNumber?: string;
}

/** The part of the engine's queue that keeps groups in order. A group with messages under way is locked. */
export interface OrderedQueue<Message extends Placed = Placed> {
  isFifo(): boolean;
  readonly fifoMessages: Map<string, Message[]>;
  readonly fifoLockedGroups: Map<string, number>;
}

/**
 * Takes messages as SQS hands them out: several of one group at a time and in order, and none of a group of which others are under
 * way. The engine gives one of each group, and turns round several that come back.
 */
export function takeInOrder<Message>(
  queue: OrderedQueue,
  max: number,
  take: (max: number) => readonly Message[],
): readonly Message[] {
  const own = new Map<string, number>();
  const locked = new Set(queue.fifoLockedGroups.keys());
  const taken: Message[] = [];
  for (;;) {
    for (const group of queue.fifoMessages.values()) group.sort(bySequence);
    const more = taken.length < max ? take(max - taken.length) : [];
    taken.push(...more);
    if (more.length === 0) break;
    // What this call itself took does not lock the rest of its group for this call.
    for (const [group, count] of queue.fifoLockedGroups) {
      if (locked.has(group)) continue;
      own.set(group, (own.get(group) ?? 0) + count);
      queue.fifoLockedGroups.delete(group);
    }
  }
  for (const [group, count] of own) queue.fifoLockedGroups.set(group, count);
  return taken;
}

/** How many of these messages wait for nothing but to be received. */
export const receivable = (queue: OrderedQueue, ready: readonly Placed[]): number =>
  queue.isFifo()
    ? ready.filter(({ messageGroupId = '' }) => !queue.fifoLockedGroups.has(messageGroupId)).length
    : ready.length;

/** Numbers of the same length or not: as the numbers that they are. */
function bySequence({ sequenceNumber: a = '0' }: Placed, { sequenceNumber: b = '0' }: Placed): number {
  return BigInt(a) < BigInt(b) ? -1 : 1;
}
