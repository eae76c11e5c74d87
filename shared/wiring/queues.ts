/** The queues: who reads them and for how long a message may fail before it goes to the dead-letter queue. */
export const queues = {
  alerts: { env: 'alertQueue', worker: 'detection/detect.queue', maxReceives: 5 },
  escalation: { env: 'escalationQueue', worker: 'on-call/escalate.queue', maxReceives: 8 },
  delivery: { env: 'deliveryQueue', worker: 'on-call/deliver.queue', maxReceives: 8 },
} as const;

export type QueueName = keyof typeof queues;

/** What every queue worker is built with. Times in seconds. */
export const queueTimes = {
  functionTimeout: 10,
  visibility: 60,
  batch: 10,
  retention: 14 * 24 * 3600,
  longestDelay: 900,
} as const;
