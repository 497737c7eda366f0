/** One pass over a module: what it imports, which names and properties it touches. The rules are applied to this. */
import { createFolder } from './fold.ts';
import { namesTaken, requiredModule } from './require-call.ts';
import type { Binding, Scope } from './scopes.ts';
import { lookUp, scopeOf } from './scopes.ts';
import type { Node } from './syntax-tree.ts';
import { childrenOf, isErased, isMember, isWrapper, nameOf } from './syntax-tree.ts';

/** An import or re-export that remains when the types are gone. */
export interface Import {
  node: Node;
  /** Undefined when the specifier is not known before the program runs. */
  source: string | undefined;
  form: 'import' | 'export' | 'export-all' | 'dynamic';
  /** Names taken from the module, with their places; `*` for all of it. */
  names: { name: string; node: Node }[];
}

/** A use of a name, with what stands around it. */
export interface NameUse {
  node: Node;
  name: string;
  binding: Binding | undefined;
  /** The nodes above, nearest last, without the wrappers of TypeScript. */
  above: readonly Node[];
  /** The field of the nearest node above in which the use stands. */
  field: string;
  scope: Scope;
}

/** A property read, written or taken apart under a name known before the program runs. */
export interface PropertyUse {
  node: Node;
  name: string;
  above: readonly Node[];
  scope: Scope;
}

export interface ModuleReading {
  imports: Import[];
  names: NameUse[];
  properties: PropertyUse[];
  /** `import.meta`, `import x = …` and other rare forms. */
  oddities: { node: Node; kind: 'import-meta' | 'import-equals' }[];
  /** Methods and fields that the module's own classes and objects have. */
  ownMethods: Set<string>;
  fold: (node: Node, scope: Scope) => string | undefined;
}

/** Reads a module; `typed` says that it is TypeScript, whose imports vanish when only types use them. */
export function readModule(program: Node, typed: boolean): ModuleReading {
  const fold = createFolder();
  const reading: ModuleReading = { imports: [], names: [], properties: [], oddities: [], ownMethods: new Set(), fold };

  // The nodes above the one that is visited; wrappers of TypeScript are left out, as if they were not there.
  const stack: Node[] = [];
  const visit = (node: Node, field: string, outer: Scope | undefined): void => {
    const scope = scopeOf(node, outer);
    note(node, field, stack, scope, reading);
    const wraps = isWrapper(node);
    if (!wraps) stack.push(node);
    for (const [name, child] of childrenOf(node)) visit(child, wraps ? field : name, scope);
    if (!wraps) stack.pop();
  };
  visit(program, 'program', undefined);
  addStaticImports(program, reading, typed);
  return reading;
}

function note(node: Node, field: string, above: readonly Node[], scope: Scope, reading: ModuleReading): void {
  switch (node.type) {
    case 'Identifier':
      if (isUse(above, field)) {
        const name = node['name'] as string;
        reading.names.push({ node, name, binding: lookUp(name, scope), above: above.slice(-3), field, scope });
      }
      break;
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const name = propertyName(node, scope, reading);
      if (name !== undefined)
        reading.properties.push({ node: node['property'] as Node, name, above: [...above.slice(-2), node], scope });
      break;
    }
    case 'ObjectProperty':
    case 'ObjectMethod': {
      const name = keyName(node, scope, reading);
      const inPattern = above.at(-1)?.type === 'ObjectPattern';
      if (name !== undefined && (inPattern || name === '__proto__')) {
        reading.properties.push({ node: node['key'] as Node, name, above: above.slice(-3), scope });
      } else if (name !== undefined && isFunction(node)) reading.ownMethods.add(name);
      break;
    }
    case 'ClassMethod':
    case 'ClassProperty':
    case 'ClassAccessorProperty': {
      const name = nameOf(node['key'], node['computed'] === true);
      if (name !== undefined) reading.ownMethods.add(name);
      break;
    }
    case 'AssignmentExpression': {
      // `this.fit = () => …` in a constructor, `Scaler.prototype.fit = function …` beside it: the older styles.
      const { left, right } = node as unknown as { left: Node; right: Node };
      const name = isMember(left) && isFunctionValue(right) ? propertyName(left, scope, reading) : undefined;
      if (name !== undefined) reading.ownMethods.add(name);
      break;
    }
    case 'CallExpression': {
      const source = lookUp('require', scope) === undefined ? requiredModule(node) : undefined;
      if (source !== undefined) reading.imports.push(requireImport(node, source, field, above.at(-1)));
      break;
    }
    case 'ImportExpression':
      reading.imports.push({
        node,
        source: reading.fold(node['source'] as Node, scope),
        form: 'dynamic',
        names: [{ name: '*', node }],
      });
      break;
    case 'MetaProperty':
      if (nameOf(node['property']) === 'meta' && !isHarmlessMeta(above.at(-1)))
        reading.oddities.push({ node, kind: 'import-meta' });
      break;
    case 'TSImportEqualsDeclaration':
      {
        const source = nameOf((node['moduleReference'] as Node)['expression']);
        if (source === undefined) reading.oddities.push({ node, kind: 'import-equals' });
        else reading.imports.push({ node, source, form: 'import', names: [{ name: '*', node }] });
      }
      break;
    default:
  }
}

/** What a `require` stands for: an import at its declaration, and elsewhere one that cannot be followed. */
function requireImport(node: Node, source: string, field: string, parent: Node | undefined): Import {
  const everything = [{ name: '*', node }];
  if (parent?.type === 'ExpressionStatement') return { node, source, form: 'import', names: [] };
  if (parent?.type !== 'VariableDeclarator' || field !== 'init')
    return { node, source, form: 'dynamic', names: everything };
  const id = parent['id'] as Node;
  if (id.type === 'Identifier') return { node, source, form: 'import', names: everything };
  const taken = id.type === 'ObjectPattern' ? namesTaken(id) : undefined;
  return taken === undefined
    ? { node, source, form: 'dynamic', names: everything }
    : { node, source, form: 'import', names: taken.map(({ imported, node }) => ({ name: imported, node })) };
}

const isFunction = (property: Node) => property.type === 'ObjectMethod' || isFunctionValue(property['value'] as Node);

const isFunctionValue = (node: Node) => /^(Arrow)?FunctionExpression$/.test(node.type);

/** The static name behind `x.name`, `x['name']` or `x['na' + 'me']`. */
export function propertyName(node: Node, scope: Scope, { fold }: Pick<ModuleReading, 'fold'>): string | undefined {
  const property = node['property'] as Node;
  return node['computed'] === true ? fold(property, scope) : nameOf(property);
}

function keyName(node: Node, scope: Scope, { fold }: Pick<ModuleReading, 'fold'>): string | undefined {
  return node['computed'] === true ? fold(node['key'] as Node, scope) : nameOf(node['key']);
}

/** What a module asks about itself in order to know where it lies and whether it was started alone. */
function isHarmlessMeta(parent: Node | undefined): boolean {
  const asked =
    parent?.type === 'MemberExpression' && parent['computed'] !== true ? nameOf(parent['property']) : undefined;
  return ['main', 'url', 'filename', 'dirname'].includes(asked ?? '');
}

/** False where an identifier is a label, a key or the declared side of an import or export. */
function isUse(above: readonly Node[], field: string): boolean {
  const parent = above.at(-1);
  switch (parent?.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return field !== 'property' || parent['computed'] === true;
    case 'ObjectProperty':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassProperty':
    case 'ClassAccessorProperty':
      return field !== 'key' || parent['computed'] === true;
    case 'VariableDeclarator':
    case 'TSImportEqualsDeclaration':
      return field !== 'id';
    case 'ExportSpecifier':
      // In `export { a } from './b'` nothing of this module is named.
      return field === 'local' && !above.at(-2)?.['source'];
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'ImportAttribute':
    case 'ExportNamespaceSpecifier':
    case 'MetaProperty':
    case 'PrivateName':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'TSEnumDeclaration':
    case 'TSEnumMember':
    case 'TSModuleDeclaration':
      return field === 'body' || field === 'initializer';
    default:
      return true;
  }
}

/** Imports whose names are used for types alone are gone when the program runs, and so are no imports. */
function addStaticImports(program: Node, reading: ModuleReading, typed: boolean): void {
  const used = new Set(reading.names.map((use) => use.binding?.from?.declaration));
  for (const node of program['body'] as Node[]) {
    if (isErased(node)) continue;
    const source = nameOf(node['source']);
    const specifiers = ((node['specifiers'] ?? []) as Node[]).filter((specifier) => !isErased(specifier));
    if (node.type === 'ImportDeclaration') {
      const kept = specifiers.filter((specifier) => used.has(specifier));
      if (typed && kept.length === 0 && (node['specifiers'] as Node[]).length > 0) continue;
      const names = kept.map((specifier) => ({ name: importedName(specifier), node: specifier }));
      reading.imports.push({ node, source, form: 'import', names });
    } else if (node.type === 'ExportAllDeclaration') {
      reading.imports.push({ node, source, form: 'export-all', names: [{ name: '*', node }] });
    } else if (node.type === 'ExportNamedDeclaration' && source !== undefined) {
      const names = specifiers.map((node) => ({
        name: node.type === 'ExportSpecifier' ? nameOf(node['local'])! : '*',
        node,
      }));
      if (names.length > 0 || (node['specifiers'] as Node[]).length === 0)
        reading.imports.push({ node, source, form: 'export', names });
    }
  }
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : (nameOf(specifier['imported']) ?? '*');
}
