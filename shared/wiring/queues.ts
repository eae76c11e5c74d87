/** What every queue worker is built with. Times in seconds. */
export const queueTimes = {
  functionTimeout: 10,
  visibility: 60,
  batch: 10,
  retention: 14 * 24 * 3600,
  longestDelay: 900,
} as const;

/**
 * The queues: who reads them, how many seconds messages that are sent to them are delayed at most, whether each group is worked off in order and by
 * one at a time (FIFO), and how often a message may fail before it goes to the dead-letter queue. Waiting 1, 2, 4 … 60 s
 * between, thirty times are some 25 minutes: longer than most faults of the table. Pages are tried more often, and for more than an
 * hour: so long a provider may be down. Bulk mail has a fixed number of workers that take a message each, so that all together keep to
 * a rate, also after a standstill.
 */
export const queues = {
  alerts: {
    env: 'alertQueue',
    worker: 'detection/detect.queue',
    maxReceives: 30,
    longestDelay: queueTimes.longestDelay,
    ordered: false,
  },
  escalation: {
    env: 'escalationQueue',
    worker: 'on-call/escalate.queue',
    maxReceives: 30,
    longestDelay: queueTimes.longestDelay,
    ordered: false,
  },
  delivery: {
    env: 'deliveryQueue',
    worker: 'on-call/deliver.queue',
    maxReceives: 120,
    longestDelay: 60,
    ordered: false,
  },
  room: {
    env: 'roomQueue',
    worker: 'war-room/tidy.queue',
    maxReceives: 30,
    longestDelay: queueTimes.longestDelay,
    ordered: false,
  },
  runbooks: {
    env: 'runbookQueue',
    worker: 'runbooks/execute.queue',
    maxReceives: 30,
    longestDelay: queueTimes.longestDelay,
    ordered: false,
  },
  publish: {
    env: 'publishQueue',
    worker: 'status/publish.queue',
    maxReceives: 30,
    longestDelay: 0,
    ordered: true,
  },
  mailing: {
    env: 'mailingQueue',
    worker: 'status/mail.queue',
    maxReceives: 30,
    longestDelay: queueTimes.longestDelay,
    ordered: false,
    workers: 2,
    batch: 1,
  },
} as const;

export type QueueName = keyof typeof queues;
