import type { Answer, Contender, Question } from './contender.ts';

/** The contender's side: says where it takes webhooks, answers questions, and stops when its starter is gone. */
export function serve(contender: Contender): void {
  const say = (answer: Answer) => process.send?.(answer);
  process.on('message', (question: Question) => {
    void contender[question]().then(say, fail);
  });
  process.once('disconnect', () => void contender.stop().then(() => process.exit(0), fail));
  const { url, addresses } = contender;
  say({ url, ...(addresses && { addresses }) });
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
