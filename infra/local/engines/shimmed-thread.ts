import { Server } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { moveDate } from '../moved-date.ts';
import type { Serve } from './shimmed-worker.ts';

const { module, options, clock } = workerData as {
  module: string;
  options: unknown;
  clock: SharedArrayBuffer;
};

moveDate(clock);
listenOnLoopback();

const { serve } = (await import(module)) as { serve: Serve };
const service = await serve(options);
const reply = (id: number, value: unknown) => parentPort?.postMessage({ id, value });
const fail = (id: number, error: unknown) => parentPort?.postMessage({ id, error: String(error) });

parentPort?.on('message', (message: { id: number; question: unknown } | { stop: true }) => {
  if ('stop' in message) void service.stop().finally(() => process.exit(0));
  else if (service.answer === undefined) fail(message.id, `${module} answers no questions`);
  else
    void service.answer(message.question).then(
      (value) => reply(message.id, value),
      (error) => fail(message.id, error),
    );
});
reply(0, service.ready);

// The queue engine listens on 0.0.0.0 and offers no way to change that.
function listenOnLoopback(): void {
  const original = Server.prototype.listen;
  Server.prototype.listen = function listen(this: Server, ...args: unknown[]) {
    const [first] = args;
    if (typeof first === 'object' && first !== null) {
      const { host } = first as { host?: unknown };
      args[0] = { ...first, host: host === '::1' ? host : '127.0.0.1' };
    }
    if (typeof first === 'number') args.splice(1, typeof args[1] === 'string' ? 1 : 0, '127.0.0.1');
    return Reflect.apply(original, this, args);
  } as typeof original;
}
