import { schema } from '../../../shared/table/index.ts';
import { functions, routes } from '../../../shared/wiring/index.ts';
import { borders, sdkAtTheEdge } from './borders.ts';
import { noCircles } from './cycles.ts';
import { oneDirection } from './direction.ts';
import { shortFiles, shortFunctions, tellingNames } from './form.ts';
import { pureCore } from './pure.ts';
import type { Source } from './source.ts';
import { wired } from './wired.ts';
import { keysInTheTable, nothingSilenced, nothingUntyped, oneLog } from './words.ts';

/** A rule as a sentence, and what finds its faults: one line each, with the file and what to do. */
export interface Rule {
  readonly says: string;
  readonly faults: (sources: readonly Source[]) => readonly string[];
}

const keyStarts = [...new Set(Object.values(schema).map(({ shape }) => `${shape.pk.split('#')[0]}#`))];

/** All rules of the house. */
export const rules: readonly Rule[] = [
  {
    says: '[R1] shared/ imports only itself and pure libraries, and knows no clock, randomness or network',
    faults: pureCore,
  },
  { says: '[R2] the AWS SDK is spoken to only in functions/aws, infra and test', faults: sdkAtTheEdge },
  { says: '[R3] imports go one way between capabilities, through index.ts', faults: oneDirection },
  {
    says: '[R4] nobody imports a handler or infra/, and infra/local knows nothing of the product',
    faults: borders,
  },
  {
    says: '[R5] every handler is wired, and every route and function names an existing file',
    faults: (sources) =>
      wired(
        sources.map(({ path }) => path),
        { functions, routes },
      ),
  },
  { says: 'no files need each other in a circle', faults: noCircles },
  { says: 'no file has over 300 lines and no handler over 40', faults: shortFiles },
  { says: 'no function has over 40 lines', faults: shortFunctions },
  { says: 'names say what a thing is', faults: tellingNames },
  {
    says: 'keys of items are written only in shared/table',
    faults: (sources) => keysInTheTable(sources, keyStarts),
  },
  { says: 'no check is silenced and nothing is left for later', faults: nothingSilenced },
  { says: 'nothing is of the type any', faults: nothingUntyped },
  { says: 'functions/ has one log', faults: oneLog },
];
