/** Which Python runs students' programs: the one that is named, or the first on PATH, and what it says of itself. */
import { delimiter, isAbsolute, join } from 'node:path';
import { existsSync } from 'node:fs';
import { NoPython } from './no-python.ts';
import { tensorLibraries } from './tensor-libraries.ts';

/** An interpreter as it describes itself, with the packages that were asked for. */
export interface FoundPython {
  /** The binary itself, not a link of a virtual environment. */
  binary: string;
  /** `3.11.7` */
  version: string;
  stdlib: string;
  /** Folder of the standard library's extension modules. */
  dynload: string;
  /** In the order asked; those that are absent are left out. */
  packages: FoundPackage[];
}

export interface FoundPackage {
  /** As it is imported: `numpy`, `sklearn`. */
  name: string;
  version: string;
  /** Folder that holds the package. */
  folder: string;
  /** The package itself, libraries bundled with it, and all that it requires: each as its folder and its name there. */
  parts: [folder: string, name: string][];
}

const oldest = [3, 11] as const;

/** What is asked of an interpreter; it runs isolated, and prints one line of JSON. */
const question = `
import importlib.metadata as metadata, importlib.util as util, json, os, re, sys, sysconfig
def distribution(name):
    try: return metadata.distribution(name)
    except metadata.PackageNotFoundError: return None
def belongs(dist, seen):
    """Where the files of a distribution and of all that it requires lie, and the names at their top."""
    key = re.sub(r'[-_.]+', '-', dist.metadata['Name']).lower()
    if key in seen or key == 'setuptools': return
    tops = {str(file).split('/')[0] for file in dist.files or []}
    seen[key] = (str(dist.locate_file('')), sorted(top for top in tops if not re.search(r'\\.(dist|egg)-info$|^\\.\\.$|\\.pth$|^__pycache__$', top)))
    for text in dist.requires or []:
        spec, _, condition = text.partition(';')
        needed = None if 'extra' in condition else distribution(re.match(r'[\\w.-]+', spec)[0])
        if needed is not None: belongs(needed, seen)
packages = []
for name in sys.argv[1:]:
    spec = util.find_spec(name)
    if spec is None or not spec.submodule_search_locations: continue
    folder = os.path.dirname(list(spec.submodule_search_locations)[0])
    dist, seen = distribution({'sklearn': 'scikit-learn'}.get(name, name)) or distribution(name + '-cpu'), {}
    if dist is not None: belongs(dist, seen)
    places = {(place, top) for place, tops in seen.values() for top in tops}
    places |= {(folder, top) for top in (name, name + '.libs') if os.path.isdir(os.path.join(folder, top))}
    parts = [list(place) for place in sorted(places) if os.path.exists(os.path.join(*place))]
    packages.append(dict(name=name, version=dist.version if dist else 'unknown', folder=folder, parts=parts))
paths = sysconfig.get_paths()
binary = os.path.realpath(getattr(sys, '_base_executable', None) or sys.executable)
dynload = next((p for p in sys.path if p.endswith('lib-dynload')), os.path.join(paths['platstdlib'], 'lib-dynload'))
print(json.dumps(dict(binary=binary, version=sys.version.split()[0], stdlib=paths['stdlib'], dynload=dynload, packages=packages)))
`;

/** Why it did not answer, without the question, which nobody typed. */
function whyNot({ code, exitCode, stderr }: { code?: string; exitCode?: number; stderr: string }): string {
  if (code === 'ENOENT') return 'there is no such program';
  if (code !== undefined) return `it cannot be started (${code})`;
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return `it ended with ${exitCode ?? 'a signal'}${last === '' ? '' : ` and said ${last.replace(/\.$/, '')}`}`;
}

/** The interpreter at `command`, or the first python3 on PATH; throws NoPython with the sentence that says what is missing. */
export async function findPython(packages: readonly string[], command?: string): Promise<FoundPython> {
  const candidate = pythonAt(command);
  const { execa } = await import('execa');
  const ran = await execa(candidate, ['-I', '-c', question, ...packages], {
    reject: false,
  });
  if (ran.failed) throw new NoPython(`${candidate} cannot be used as Python: ${whyNot(ran)}.`);
  const found = JSON.parse(ran.stdout) as FoundPython;
  if (isOlder(found.version)) {
    throw new NoPython(
      `${candidate} is Python ${found.version}; programs are run by Python ${oldest.join('.')} or newer.`,
    );
  }
  const absent = packages.filter((name) => !found.packages.some((it) => it.name === name));
  if (absent.length > 0) {
    const wanted = tensorLibraries.filter((name) => packages.includes(name));
    const library = wanted.length > 0 ? ` --with ${wanted.join(' ')}` : '';
    throw new NoPython(
      `${candidate} has no ${absent.join(', ')}. Run "gradmark python setup${library}", or name an environment that has it with --python.`,
    );
  }
  return found;
}

/** The interpreter at a path, or in the environment of that folder; without one the first python3 on PATH. */
export function pythonAt(command?: string): string {
  const candidate = command === undefined ? onPath() : commandOf(command);
  if (candidate !== undefined) return candidate;
  throw new NoPython('There is no python3 on PATH; install Python 3.11 or newer, or name one with --python.');
}

/** An interpreter, or a virtual environment's folder. */
const commandOf = (path: string): string => {
  const inside = join(path, 'bin', 'python');
  return existsSync(inside) ? inside : path;
};

const onPath = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, 'python3'))
    .find((path) => existsSync(path));

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}
