import { describe, expect, it } from 'vitest';
import { borders, sdkAtTheEdge } from './support/house/borders.ts';
import { noCircles } from './support/house/cycles.ts';
import { oneDirection } from './support/house/direction.ts';
import { shortFiles, shortFunctions, tellingNames } from './support/house/form.ts';
import { pureCore } from './support/house/pure.ts';
import { type Source, sourceOf } from './support/house/source.ts';
import { type Wiring, wired } from './support/house/wired.ts';
import { keysInTheTable, nothingSilenced, nothingUntyped, oneLog } from './support/house/words.ts';

type Rule = (sources: readonly Source[]) => readonly string[];

const keys: Rule = (sources) => keysInTheTable(sources, ['O#', 'KEY#']);
const lines = (count: number) => 'f();\n'.repeat(count);

/** Rule, path, text, and what the message must name; undefined where nothing is wrong. */
const cases: readonly (readonly [Rule, string, string, RegExp?])[] = [
  [
    pureCore,
    'shared/alerts/a.ts',
    `import { a } from 'node:fs';`,
    /shared\/alerts\/a\.ts:1 imports 'node:fs'/,
  ],
  [pureCore, 'shared/alerts/a.ts', `import type { A } from 'aws-lambda';`, /'aws-lambda'/],
  [pureCore, 'shared/alerts/a.ts', `export * from '../../functions/aws/clock.ts';`, /functions\/aws/],
  [pureCore, 'shared/alerts/a.ts', `type A = import('react').ReactNode;`, /'react'/],
  [pureCore, 'shared/alerts/a.ts', `const a = await import('node:os');`, /'node:os'/],
  [pureCore, 'shared/alerts/a.ts', `import * as z from 'zod';\nimport '../kernel/index.ts';`],
  [pureCore, 'shared/alerts/a.ts', `import { sha256 } from '@noble/hashes/sha2.js';`],
  [pureCore, 'shared/alerts/a.ts', `import { z } from 'zodiac';`, /'zodiac'/],
  [
    pureCore,
    'shared/alerts/a.ts',
    'const a = new Date();',
    /new Date\(\) without an argument; take the time/,
  ],
  [pureCore, 'shared/alerts/a.ts', 'const a = new Date(0);'],
  [pureCore, 'shared/alerts/a.ts', 'const a = Date.now();', /Date\.now/],
  [pureCore, 'shared/alerts/a.ts', 'const a = { b: Math.random() };', /Math\.random/],
  [pureCore, 'shared/alerts/a.ts', 'const a = Math.max(1, 2);'],
  [pureCore, 'shared/alerts/a.ts', 'const a = process.env.TABLE;', /process/],
  [pureCore, 'shared/alerts/a.ts', 'const a = crypto.randomUUID();', /crypto/],
  [pureCore, 'shared/alerts/a.ts', 'setTimeout(() => undefined, 1);', /setTimeout/],
  [pureCore, 'shared/alerts/a.ts', 'const a = globalThis.crypto;', /globalThis/],
  [pureCore, 'shared/alerts/a.ts', 'interface A { process: string }\nconst b = (a: A) => a.process;'],
  [pureCore, 'functions/aws/clock.ts', 'const a = Date.now();'],

  [sdkAtTheEdge, 'functions/alerts/a.ts', `import '@aws-sdk/client-sqs';`, /functions\/alerts\/a\.ts:1/],
  [sdkAtTheEdge, 'shared/alerts/a.ts', `import '@aws-sdk/client-sqs';`, /add what you need to an adapter/],
  [sdkAtTheEdge, 'functions/aws/queue.ts', `import '@aws-sdk/client-sqs';`],

  [
    oneDirection,
    'shared/alerts/a.ts',
    `import '../incidents/index.ts';`,
    /may import shared\/kernel, shared\/api, not/,
  ],
  [oneDirection, 'shared/detection/a.ts', `import '../on-call/index.ts';`, /message between siblings/],
  [oneDirection, 'shared/detection/a.ts', `import '../incidents/index.ts';`],
  [
    oneDirection,
    'shared/detection/a.ts',
    `import '../incidents/decide.ts';`,
    /Go through shared\/incidents\/index\.ts/,
  ],
  [oneDirection, 'shared/metrics/a.ts', `import '../status/index.ts';`, /not shared\/status/],
  [oneDirection, 'shared/metrics/a.ts', `import '../timeline/index.ts';`],
  [oneDirection, 'shared/incidents/a.ts', `import '../wiring/index.ts';`, /not shared\/wiring/],
  [oneDirection, 'shared/table/a.ts', `import '../alerts/index.ts';`, /not shared\/alerts/],
  [oneDirection, 'shared/identity/a.ts', `import '../api/index.ts';`],
  [oneDirection, 'shared/identity/a.ts', `import '../alerts/index.ts';`, /not shared\/alerts/],
  [oneDirection, 'shared/configuration/a.ts', `import '../identity/index.ts';`],
  [oneDirection, 'shared/payroll/a.ts', '', /shared\/payroll has no place/],
  [oneDirection, 'shared/a.ts', '', /directly in shared/],
  [
    oneDirection,
    'functions/alerts/a.ts',
    `import '../../shared/alerts/signal.ts';`,
    /Go through shared\/alerts/,
  ],
  [oneDirection, 'functions/alerts/a.ts', `import '../../shared/alerts/api.ts';`],
  [oneDirection, 'frontend/time/age.ts', `import '../../shared/kernel/time.ts';`],
  [oneDirection, 'functions/alerts/a.ts', `import '../on-call/page.ts';`, /not functions\/on-call/],
  [oneDirection, 'functions/on-call/a.ts', `import '../incidents/escalation.ts';`],
  [
    oneDirection,
    'functions/aws/a.ts',
    `import '../incidents/visible.ts';`,
    /serves all capabilities and knows none/,
  ],
  [oneDirection, 'functions/incidents/a.ts', `import '../aws/table.ts';`],

  [borders, 'functions/alerts/a.ts', `import './receive.http.ts';`, /No handler is imported/],
  [borders, 'functions/alerts/routes.ts', `import './list.http.ts';`],
  [borders, 'functions/alerts/routes.ts', `import '../incidents/list.http.ts';`, /No handler is imported/],
  [borders, 'functions/alerts/routes.ts', `import './detect.queue.ts';`, /No handler is imported/],
  [borders, 'functions/alerts/a.ts', `import '../../infra/config.ts';`, /Nobody imports infra/],
  [borders, 'functions/alerts/a.ts', `import 'aws-cdk-lib/aws-sqs';`, /Only infra/],
  [borders, 'infra/local/a.ts', `import '../../shared/wiring/index.ts';`, /knows CloudFormation/],
  [borders, 'infra/local/a.ts', `import '../bundle.ts';`, /knows CloudFormation/],
  [borders, 'infra/local/a.ts', `import './template/intrinsics.ts';`],
  [borders, 'infra/stack.ts', `import '../functions/alerts/receive.ts';`, /by path/],
  [
    borders,
    'infra/stack.ts',
    `import '../shared/incidents/index.ts';`,
    /shared\/table and shared\/wiring alone/,
  ],
  [borders, 'infra/stack.ts', `import '../shared/wiring/index.ts';`],
  [borders, 'frontend/app.tsx', `import '../functions/edge/log.ts';`, /imports only shared/],
  [borders, 'frontend/app.tsx', `import 'node:fs';`, /runs in a browser/],
  [borders, 'frontend/app.tsx', `import '../shared/incidents/index.ts';`],
  [borders, 'functions/status/render.ts', `import '../../frontend/status/index.ts';`],
  [
    borders,
    'functions/status/render.ts',
    `import '../../frontend/status/bars.tsx';`,
    /functions\/ imports only/,
  ],
  [borders, 'functions/alerts/a.ts', `import '../../frontend/status/index.ts';`, /functions\/ imports only/],
  [borders, 'functions/status/render.ts', `import 'react-dom/server.edge';`],
  [borders, 'functions/alerts/a.ts', `import 'react';`, /Only the publisher/],
  [borders, 'frontend/status/status-page.tsx', `import '../ui/notice.tsx';`, /rendered by the publisher too/],
  [borders, 'frontend/status/status-page.tsx', `import '@mantine/core';`, /props alone/],
  [borders, 'frontend/status/status-page.tsx', `import 'react-dom';`, /props alone/],
  [borders, 'frontend/status/status-page.tsx', `import { Fragment } from 'react';`],
  [borders, 'frontend/status/status-page.tsx', `import '../../shared/status/view.ts';`],
  [borders, 'frontend/app.tsx', `import './status/status-page.tsx';`],
  [borders, 'infra/stack.ts', `import '../test/support/given.ts';`, /Only tests/],
  [borders, 'test/infra/a.test.ts', `import '../../infra/config.ts';`],

  [shortFiles, 'functions/alerts/a.ts', lines(301), /functions\/alerts\/a\.ts has 301 lines/],
  [shortFiles, 'functions/alerts/a.ts', lines(300)],
  [shortFiles, 'functions/alerts/a.queue.ts', lines(41), /41 lines of code beside its imports/],
  [shortFiles, 'functions/alerts/a.queue.ts', `${`import 'zod';\n// why\n\n`.repeat(9)}${lines(40)}`],
  [shortFunctions, 'shared/alerts/a.ts', `function f() {\n${lines(39)}}`, /function of 41 lines/],
  [shortFunctions, 'shared/alerts/a.ts', `function f() {\n${lines(38)}}`],
  [shortFunctions, 'shared/alerts/a.ts', `function f() {\nconst g = () => {\n${lines(37)}};\n${lines(30)}}`],
  [tellingNames, 'shared/alerts/utils.ts', '', /says nothing/],
  [tellingNames, 'functions/aws/queue-manager.ts', '', /says nothing/],
  [tellingNames, 'shared/alerts/commands.ts', ''],

  [
    keys,
    'functions/aws/doors.ts',
    'const a = `KEY#\u0024{b}`;',
    /functions\/aws\/doors\.ts:1 writes the key 'KEY#'/,
  ],
  [keys, 'functions/aws/doors.ts', `const a = 'O#x';`, /use the item in shared\/table/],
  [keys, 'functions/aws/doors.ts', `const a = 'NO#x';`],
  [keys, 'shared/table/schema.ts', `const a = 'O#{org}';`],
  [nothingSilenced, 'shared/alerts/a.ts', '// @ts-ignore\nf();', /:1 has a comment/],
  [nothingSilenced, 'shared/alerts/a.ts', 'f(); // biome-ignore lint: no', /:1 has a comment/],
  [nothingSilenced, 'shared/alerts/a.ts', '/** TODO */\nf();', /do it now/],
  [nothingSilenced, 'shared/alerts/a.ts', `const a = 'TODO';`],
  [nothingUntyped, 'shared/alerts/a.ts', 'const a = b as any;', /says any/],
  [nothingUntyped, 'shared/alerts/a.ts', 'const any = 1;'],
  [oneLog, 'functions/alerts/a.ts', 'console.log(1);', /use the log of functions\/edge\/log\.ts/],
  [oneLog, 'infra/app.ts', 'console.log(1);'],
];

describe('The rules of the house', () => {
  const named = cases.map(([rule, path, text, expected]) => {
    return { rule, path, text, expected, verdict: expected === undefined ? 'allow' : 'refuse' };
  });

  it.each(named)('$verdict in $path: $text', ({ rule, path, text, expected }) => {
    const faults = rule([sourceOf(path, text)]);
    if (expected === undefined) expect(faults).toEqual([]);
    else expect(faults.join('\n')).toMatch(expected);
  });

  it('finds a circle of files, but not one of types', () => {
    const circle = (clause: string) => [
      sourceOf('shared/alerts/a.ts', `import './b.ts';`),
      sourceOf('shared/alerts/b.ts', `import ${clause} './a.ts';`),
    ];
    expect(noCircles(circle(''))).toEqual([
      'shared/alerts/a.ts → shared/alerts/b.ts → shared/alerts/a.ts: move what they share into a file of its own',
    ]);
    expect(noCircles(circle('type { A } from'))).toEqual([]);
  });
});

describe('[R5] wiring', () => {
  const wiring: Wiring = {
    functions: { Detect: { trigger: 'queue', entry: 'detection/detect.queue', env: [] } },
    routes: [{ method: 'GET', path: '/x', capability: 'alerts', verb: 'list', function: 'Detect' }],
  };
  const paths = [
    'shared/detection/index.ts',
    'shared/alerts/index.ts',
    'functions/detection/detect.queue.ts',
    'functions/alerts/list.http.ts',
    'functions/alerts/accept.ts',
    'functions/edge/http.ts',
  ];

  it('is content when everything has its file and every file its place', () =>
    expect(wired(paths, wiring)).toEqual([]));

  it('names a handler that nobody starts', () =>
    expect(wired([...paths, 'functions/alerts/forgotten.queue.ts'], wiring)).toEqual([
      'functions/alerts/forgotten.queue.ts is not wired; name it in shared/wiring/functions.ts or shared/wiring/routes.ts',
    ]));

  it('names functions and routes without a file', () =>
    expect(wired(['shared/alerts/index.ts'], wiring).join('\n')).toMatch(
      /gives Detect the entry functions\/detection\/detect\.queue\.ts, which does not exist.*\n.*GET \/x names functions\/alerts\/list\.http\.ts/,
    ));

  it('names a capability that shared/ does not have', () =>
    expect(wired([...paths, 'functions/payroll/pay.ts'], wiring).join('\n')).toMatch(
      /functions\/payroll has no shared\/payroll/,
    ));

  it('names a route whose function is not wired', () =>
    expect(wired(paths, { ...wiring, functions: {} }).join('\n')).toMatch(
      /function Detect, which is not wired/,
    ));
});
