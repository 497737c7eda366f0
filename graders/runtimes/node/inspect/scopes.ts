/** Which declaration a name refers to: scopes as in JavaScript, without what TypeScript erases. */
import { namesTaken, requiredModule } from './require-call.ts';
import type { Node } from './syntax-tree.ts';
import { childrenOf, isErased, nameOf } from './syntax-tree.ts';

export interface Binding {
  /** For imports: the module and the name there; `*` for a namespace. */
  from?: { source: string; imported: string; declaration: Node };
  /** For `const x = init`: what it stands for. */
  init?: Node;
  /** For a class or function that is declared here, or that a variable begins with. */
  declares?: Node;
  /** The scope in which `init` is to be read. */
  scope: Scope;
}

export interface Scope {
  outer?: Scope;
  names: Map<string, Binding>;
}

const functions = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);

/** Functions and their like: `var` goes no further up. */
const varHolders = new Set([...functions, 'Program', 'StaticBlock', 'TSModuleBlock']);

const openers = new Set([
  ...varHolders,
  'BlockStatement',
  'SwitchStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'CatchClause',
  'ClassExpression',
  'ClassDeclaration',
]);

/** The scope that a node opens, or the one it stands in. */
export function scopeOf(node: Node, outer: Scope | undefined): Scope {
  if (outer !== undefined && !openers.has(node.type)) return outer;
  const scope: Scope = { outer, names: new Map() };
  if (varHolders.has(node.type)) declareVars(node, scope);
  if (functions.has(node.type)) {
    for (const param of node['params'] as Node[]) declarePattern(param, scope);
    if (node.type === 'FunctionExpression') declareId(node, scope);
  }
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
    case 'TSModuleBlock':
      for (const statement of node['body'] as Node[]) declareStatement(statement, scope);
      break;
    case 'SwitchStatement':
      for (const branch of node['cases'] as Node[]) {
        for (const statement of branch['consequent'] as Node[]) declareStatement(statement, scope);
      }
      break;
    case 'ForStatement':
      declareStatement(node['init'] as Node | null, scope);
      break;
    case 'ForInStatement':
    case 'ForOfStatement':
      declareStatement(node['left'] as Node, scope);
      break;
    case 'CatchClause':
      declarePattern(node['param'] as Node | null, scope);
      break;
    case 'ClassExpression':
    case 'ClassDeclaration':
      declareId(node, scope);
      break;
    default:
  }
  return outer !== undefined && scope.names.size === 0 ? outer : scope;
}

/** The declaration that a name means here; undefined for a global. */
export function lookUp(name: string, scope: Scope): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const binding = at.names.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

function declareStatement(statement: Node | null | undefined, scope: Scope): void {
  // An erased declaration hides nothing: after `declare const eval: any` the name is still the global one.
  if (!statement || isErased(statement)) return;
  switch (statement.type) {
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      declareStatement(statement['declaration'] as Node | null, scope);
      break;
    case 'VariableDeclaration':
      if (statement['kind'] !== 'var') declareVariables(statement, scope);
      break;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      declareId(statement, scope);
      break;
    case 'ImportDeclaration':
      declareImports(statement, scope);
      break;
    case 'TSImportEqualsDeclaration': {
      // `import tf = require('…')`
      const source = nameOf((statement['moduleReference'] as Node)['expression']);
      const from = source === undefined ? {} : { from: { source, imported: '*', declaration: statement } };
      scope.names.set(nameOf(statement['id'])!, { ...from, scope });
      break;
    }
    case 'LabeledStatement':
      declareStatement(statement['body'] as Node, scope);
      break;
    default:
  }
}

function declareImports(declaration: Node, scope: Scope): void {
  const source = nameOf(declaration['source']) ?? '';
  for (const specifier of declaration['specifiers'] as Node[]) {
    if (isErased(specifier)) continue;
    let imported = '*';
    if (specifier.type === 'ImportDefaultSpecifier') imported = 'default';
    if (specifier.type === 'ImportSpecifier') imported = nameOf(specifier['imported']) ?? '';
    const local = nameOf(specifier['local'])!;
    scope.names.set(local, { from: { source, imported, declaration: specifier }, scope });
  }
}

function declareVars(holder: Node, scope: Scope): void {
  for (const [, child] of childrenOf(holder)) {
    if (varHolders.has(child.type)) continue;
    if (child.type === 'VariableDeclaration' && child['kind'] === 'var') declareVariables(child, scope);
    declareVars(child, scope);
  }
}

function declareVariables(declaration: Node, scope: Scope): void {
  for (const declarator of declaration['declarations'] as Node[]) {
    const { id, init } = declarator as unknown as { id: Node; init: Node | null };
    declarePattern(id, scope);
    const source = requiredModule(init);
    if (source !== undefined) {
      declareRequired(declarator, source, scope);
      continue;
    }
    if (id.type !== 'Identifier' || init === null) continue;
    if (declaration['kind'] === 'const') scope.names.set(nameOf(id)!, { init, scope });
    else if (/^(Class|Function)Expression$/.test(init.type)) scope.names.set(nameOf(id)!, { declares: init, scope });
  }
}

/** `const tf = require('…')` and `const { a, b } = require('…')` mean what the imports of that shape mean. */
function declareRequired(declarator: Node, source: string, scope: Scope): void {
  const id = declarator['id'] as Node;
  const taken =
    id.type === 'Identifier'
      ? [{ local: nameOf(id)!, imported: '*' }]
      : ((id.type === 'ObjectPattern' ? namesTaken(id) : undefined) ?? []);
  for (const { local, imported } of taken) {
    scope.names.set(local, { from: { source, imported, declaration: declarator }, scope });
  }
}

function declareId(node: Node, scope: Scope): void {
  const name = nameOf(node['id']);
  if (name !== undefined) scope.names.set(name, { scope, declares: node });
}

function declarePattern(pattern: Node | null, scope: Scope): void {
  switch (pattern?.type) {
    case 'Identifier':
      scope.names.set(nameOf(pattern)!, { scope });
      break;
    case 'ObjectPattern':
      for (const property of pattern['properties'] as Node[]) {
        declarePattern((property.type === 'RestElement' ? property : property['value']) as Node, scope);
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern['elements'] as (Node | null)[]) declarePattern(element, scope);
      break;
    case 'RestElement':
      declarePattern(pattern['argument'] as Node, scope);
      break;
    case 'AssignmentPattern':
      declarePattern(pattern['left'] as Node, scope);
      break;
    case 'TSParameterProperty':
      declarePattern(pattern['parameter'] as Node, scope);
      break;
    default:
  }
}
