// What Maven runs: `build` installs the locked packages when the lock changed and builds when a
// source changed; `check` runs the checks. A second run with nothing changed does nothing.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node 20.19 or newer builds the web app; this is ${process.versions.node}`)
}

function fail(message) {
  console.error(`web: ${message}`)
  process.exit(1)
}

function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

function digest(paths) {
  const hash = createHash('sha256').update(process.versions.node)
  for (const file of paths.map((path) => join(root, path)).filter(existsSync).flatMap(filesBelow)) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file))
  }
  return hash.digest('hex')
}

function upToDate(stamp, value) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === value
}

function npm(...args) {
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: 'inherit' })
  if (error) fail(`npm did not start (${error.message}); install npm 10 or newer`)
  if (status !== 0) fail(`npm ${args.join(' ')} failed (status ${status})`)
}

function install() {
  const stamp = join(root, 'node_modules', '.nanoctl-lock')
  const value = digest(['package-lock.json', 'package.json'])
  if (upToDate(stamp, value)) return
  npm('ci', '--no-fund', '--no-audit')
  writeFileSync(stamp, value)
}

install()
if (process.argv[2] === 'check') {
  npm('run', '--silent', 'check')
} else {
  const stamp = join(root, 'target', 'web.stamp')
  const value = digest(['package-lock.json', 'package.json', 'index.html', 'vite.config.ts', 'tsconfig.json', 'src', 'public', 'scripts'])
  if (upToDate(stamp, value) && existsSync(join(root, 'target/classes/web/index.html'))) {
    console.log('web: nothing changed since the last build')
  } else {
    npm('run', '--silent', 'build')
    mkdirSync(join(root, 'target'), { recursive: true })
    writeFileSync(stamp, value)
  }
}
