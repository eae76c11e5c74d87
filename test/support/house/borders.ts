import { isHandler, isRouter, placeOf } from './place.ts';
import type { Import, Source } from './source.ts';

type Rule = (source: Source, imported: Import) => string | undefined;

/** R2: the AWS SDK is spoken to in functions/aws, in infra/ and in tests only. */
export function sdkAtTheEdge(sources: readonly Source[]): readonly string[] {
  return faultsOf(sources, ({ path }, { specifier }) =>
    /^@(aws-sdk|smithy)\//.test(specifier) && !/^(functions\/aws|infra|test)\//.test(path)
      ? 'Only functions/aws, infra and test speak to AWS; add what you need to an adapter in functions/aws'
      : undefined,
  );
}

/** R4: no handler imports a handler; nobody imports infra/; each tree imports only what its place allows. */
export function borders(sources: readonly Source[]): readonly string[] {
  return faultsOf(sources, (source, imported) => handlers(source, imported) ?? between(source, imported));
}

const handlers: Rule = ({ path }, { target = '' }) => {
  if (!isHandler(target) && !isRouter(target)) return undefined;
  if (path.startsWith('test/')) return undefined;
  if (isRouter(path) && /\.http\.ts$/.test(target) && placeOf(path).folder === placeOf(target).folder)
    return undefined;
  return 'No handler is imported but by the router of its own capability; move what both need into a file beside them';
};

const between: Rule = ({ path }, { specifier, target }) => {
  const from = placeOf(path);
  if (target === undefined) return ofPackage(path, specifier);
  const to = placeOf(target);
  if (from.tree === 'test') return undefined;
  if (to.tree === 'infra' && from.tree !== 'infra')
    return 'Nobody imports infra/; what both need belongs to shared/wiring';
  if (to.tree === 'test') return 'Only tests import test/';
  if (from.tree === 'frontend' && !['frontend', 'shared'].includes(to.tree))
    return 'frontend/ imports only shared/; it reaches the rest through the API';
  if (from.tree === 'frontend' && from.folder === 'status' && !isOwnOfStatus(target))
    return 'frontend/status is rendered by the publisher too; it imports only itself and shared/';
  if (from.tree === 'functions' && from.folder === 'status' && target === statusDoor) return undefined;
  if (from.tree === 'functions' && !['functions', 'shared'].includes(to.tree))
    return `functions/ imports only functions/ and shared/; the publisher in functions/status also ${statusDoor}`;
  return from.tree === 'infra' ? ofInfra(from.folder, target) : undefined;
};

/** What the publisher renders the status page by: the one door from functions/ into frontend/. */
const statusDoor = 'frontend/status/index.ts';

const isOwnOfStatus = (target: string): boolean => /^(frontend\/status|shared)\//.test(target);

function ofInfra(folder: string, target: string): string | undefined {
  const to = placeOf(target);
  if (to.tree === 'functions') return 'infra/ names functions by path and never imports them';
  if (folder === 'local')
    return target.startsWith('infra/local/')
      ? undefined
      : 'infra/local knows CloudFormation and not our product; it imports only itself';
  if (to.tree !== 'shared' || folder === 'demo') return undefined;
  return ['table', 'wiring'].includes(to.folder)
    ? undefined
    : 'The stack agrees with the functions through shared/table and shared/wiring alone';
}

function ofPackage(path: string, specifier: string): string | undefined {
  const { tree, folder } = placeOf(path);
  if (tree === 'functions' && /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/.test(specifier))
    return 'Only infra/ and its tests build the stack';
  if (tree === 'frontend' && folder === 'status' && specifier !== 'react' && !path.endsWith('.config.ts'))
    return 'frontend/status takes props alone, and of packages only react';
  if (tree === 'functions' && /^react(-dom)?(\/|$)/.test(specifier) && folder !== 'status')
    return 'Only the publisher in functions/status renders';
  if (tree === 'frontend' && !path.endsWith('.config.ts') && /^(node:|aws-|@aws-)/.test(specifier))
    return 'frontend/ runs in a browser; leave this to the API';
  return undefined;
}

function faultsOf(sources: readonly Source[], rule: Rule): readonly string[] {
  return sources.flatMap((source) =>
    source.imports.flatMap((imported) => {
      const fault = rule(source, imported);
      return fault === undefined
        ? []
        : [`${source.path}:${imported.line} imports '${imported.specifier}'. ${fault}`];
    }),
  );
}
