let invocations = 0;

/** Does what a function should not do, as the event asks. */
export async function handler(event, context) {
  invocations += 1;
  switch (event.do) {
    case 'echo':
      return {
        event,
        invocations,
        remaining: context.getRemainingTimeInMillis(),
        requestId: context.awsRequestId,
      };
    case 'environment':
      return { ...process.env };
    case 'now':
      return {
        now: Date.now(),
        fresh: new Date().toISOString(),
        text: Date(),
        isDate: new Date(0) instanceof Date,
      };
    case 'throw':
      throw new TypeError('odd');
    case 'exit':
      return process.exit(3);
    case 'hang':
      return new Promise(() => undefined);
    case 'spin':
      for (;;);
    case 'log':
      return console.log(event.text);
    case 'grow': {
      const kept = [];
      for (;;) kept.push(new Array(1e5).fill(invocations + kept.length));
    }
    case 'large':
      return 'x'.repeat(event.size);
    case 'forget':
      void fetch(event.url);
      setTimeout(() => void fetch(event.url), 1);
      return 'answered';
    case 'fetch':
      for (let times = 0; times < event.times; times += 1) await fetch(event.url);
      return null;
    case 'wait':
      await new Promise((resolve) => setTimeout(resolve, event.milliseconds));
      return invocations;
    default:
      return null;
  }
}
