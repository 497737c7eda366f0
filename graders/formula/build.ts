/** The expression parser's tree becomes our own: only what is listed here gets through. */
import type { FunctionNode, MathNode, OperatorNode, ParenthesisNode, SymbolNode } from 'mathjs';
import { Unread } from './complaint.ts';
import { functionCalled, functions, overNames } from './functions.ts';
import type { FormulaNode, OverName } from '../model/formula.ts';
import type { Names } from './formula.ts';
import { resolveName } from './resolve.ts';
import type { Token } from './token.ts';

const MAX_NODES = 200;
const MAX_DEPTH = 60;
const MAX_SUMS = 3;

/** A node with the indices in it that no sum binds, each with a token that shows it. */
interface Built {
  node: FormulaNode;
  loose: ReadonlyMap<string, Token>;
}

/** Copies the tree; throws Unread for unknown names, wrong arguments, unbound indices and oversized formulas. */
export function buildFormula(tree: MathNode, tokens: readonly Token[], names: Names): FormulaNode {
  const free = new Set(names.free ?? []);
  let nodes = 0;

  const tokenOf = (node: MathNode): Token => {
    const token = tokens[Number((node as SymbolNode).name.slice(1))];
    if (!token) throw new Error(`The expression parser returned a name that was not given to it: ${node.toString()}`);
    return token;
  };

  const build = (node: MathNode, depth: number, sums: number): Built => {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) throw new Unread('The formula is too large: simplify it', 1);
    const down = (child: MathNode) => build(child, depth + 1, sums);
    if (node.type === 'SymbolNode') return leaf(tokenOf(node));
    if (node.type === 'ParenthesisNode') return down((node as ParenthesisNode).content);
    if (node.type === 'OperatorNode') return operator(node as OperatorNode, down);
    if (node.type === 'FunctionNode') {
      const { fn, args } = node as FunctionNode;
      return call(tokenOf(fn), args, (child, more) => build(child, depth + 1, sums + more), sums);
    }
    throw new Unread('This is not part of the grammar of formulas', tokens[0]?.column ?? 1);
  };

  const leaf = (token: Token): Built => {
    if (token.kind === 'number') return { node: { type: 'number', value: Number(token.text) }, loose: new Map() };
    if (functionCalled(token.text) && !names.known.includes(token.text))
      throw new Unread(`${token.written} is a function: write ${token.text}(…)`, token.column, token.written.length);
    const node = resolveName(token, names);
    return { node, loose: new Map(('indices' in node ? node.indices : []).map((index) => [index, token])) };
  };

  const call = (
    token: Token,
    args: readonly MathNode[],
    down: (child: MathNode, sums: number) => Built,
    sums: number,
  ): Built => {
    const { name, index } = functionCalled(token.text) ?? { name: token.text };
    const place = [token.column, token.written.length] as const;
    if (overNames.has(name)) {
      if (sums >= MAX_SUMS) throw new Unread(`More than ${MAX_SUMS} sums stand inside each other`, ...place);
      if (index !== undefined && args.length === 1) return over(name as OverName, down(args[0]!, 1), index);
      const explicit = args.length === 2 && args[1]!.type === 'SymbolNode' ? tokenOf(args[1]!) : undefined;
      const named = explicit && /^[a-z]$/.test(explicit.text) && !names.known.includes(explicit.text);
      if (named) return over(name as OverName, down(args[0]!, 1), explicit.text);
      if (args.length === 1) {
        const of = down(args[0]!, 1);
        return over(name as OverName, of, loneIndex(name, of, place));
      }
    }
    const known = functions.get(name);
    if (!known) throw new Unread(`Write ${name}(…) or ${name}(…, k), where k is the index to run over`, ...place);
    const [least, most] = known.arity;
    if (args.length < least || args.length > most)
      throw new Unread(
        `${name} takes ${least === 1 ? 'one argument' : 'two or more arguments'}, got ${args.length}`,
        ...place,
      );
    const built = args.map((arg) => down(arg, 0));
    return { node: { type: 'call', name, args: built.map((b) => b.node) }, loose: merge(built) };
  };

  /** The one index that a sum can only mean. */
  const loneIndex = (name: string, of: Built, place: readonly [number, number]): string => {
    const candidates = [...of.loose.keys()].filter((index) => !free.has(index));
    if (candidates.length === 1) return candidates[0]!;
    const spare = [...'klmnij'].find((letter) => !free.has(letter) && !of.loose.has(letter));
    if (candidates.length > 1)
      throw new Unread(
        `${name} could run over ${candidates.join(' or ')}: write ${name}(…, ${candidates[0]})`,
        ...place,
      );
    const taken = [...of.loose.keys()];
    throw new Unread(
      taken.length === 0
        ? `${name} has nothing to run over: no name inside it has an index`
        : `${name} has nothing to run over: ${taken.join(' and ')} ${taken.length > 1 ? 'are indices' : 'is an index'} of the result. Use another letter inside, e.g. ${spare}`,
      ...place,
    );
  };

  const built = build(tree, 0, 0);
  for (const [index, token] of built.loose) {
    if (free.has(index)) continue;
    const result = free.size > 0 ? ` (${[...free].join(', ')})` : '';
    throw new Unread(
      `The index ${index} of ${token.written} is not an index of the result${result}, and no sum runs over it`,
      token.column,
      token.written.length,
    );
  }
  return built.node;
}

function operator(node: OperatorNode, down: (child: MathNode) => Built): Built {
  const args = (node.args as MathNode[]).map(down);
  const loose = merge(args);
  const [left, right] = args.map((arg) => arg.node);
  if (left && !right && node.op === '-') return { node: { type: 'minus', of: left }, loose };
  if (left && !right && node.op === '+') return { node: left, loose };
  if (left && right && isOperator(node.op)) return { node: { type: 'operator', op: node.op, left, right }, loose };
  throw new Unread(`The operator ${node.op} is not part of the grammar of formulas`, 1);
}

const isOperator = (op: string): op is '+' | '-' | '*' | '/' | '^' => ['+', '-', '*', '/', '^'].includes(op);

const merge = (parts: readonly Built[]) => new Map(parts.flatMap((part) => [...part.loose]));

function over(name: OverName, of: Built, index: string): Built {
  const loose = new Map(of.loose);
  loose.delete(index);
  return { node: { type: 'over', name, index, of: of.node }, loose };
}
