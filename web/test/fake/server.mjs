// A small stand-in for the real server, for developing the pages without one: everything lives in
// memory. NANOCTL_GUIDES may name a folder of guides (category/guide/{nano.json,index.html}).
//   node test/fake/server.mjs [port]
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { guidesFrom, sampleGuides } from './guides.mjs'

const port = Number(process.argv[2] ?? 8765)
const web = new URL('../../target/classes/web/', import.meta.url).pathname
const source = process.env.NANOCTL_GUIDES
const { categories, guides } = source && existsSync(source) ? guidesFrom(source) : sampleGuides()

const people = {
  ada: { id: randomUUID(), email: 'ada@example.org', username: 'ada', display_name: 'Ada L.', role: 'consumer', status: 'active', language: 'de', bio: null, company: null, created_at: '2026-03-01T10:00:00Z' },
  cora: { id: randomUUID(), email: 'cora@example.org', username: 'cora', display_name: 'Cora Weiß', role: 'creator', status: 'active', language: 'de', bio: null, company: 'Lernhof', created_at: '2026-02-01T10:00:00Z' },
  mo: { id: randomUUID(), email: 'mo@example.org', username: 'mo', display_name: 'Mo Prüfer', role: 'moderator', status: 'active', language: 'de', bio: null, company: null, created_at: '2026-01-01T10:00:00Z' },
}
const person = (user) => ({ id: user.id, username: user.username, display_name: user.display_name })
const slugOf = (text) => text.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
const days = (n) => new Date(Date.now() - n * 86_400_000).toISOString()

const nanos = guides.map((guide, index) => {
  const id = createHash('sha256').update(guide.title + index).digest('hex').slice(0, 32)
  const status = index === 3 ? 'draft' : index === 4 ? 'pending_review' : index === 5 ? 'rejected' : index === 6 ? 'archived' : index === 7 ? 'pending_review' : 'published'
  const ratings = index % 7 === 0 ? [5, 4, 5].slice(0, 1 + (index % 3)) : []
  return {
    id,
    slug: `${slugOf(guide.title).slice(0, 60)}-${id.slice(0, 8)}`,
    title: guide.title,
    description: guide.description,
    duration_minutes: guide.durationMinutes,
    level: guide.level,
    language: guide.language,
    formats: ['text'],
    categories: guide.categories.map((slug) => categories.find((category) => category.slug === slug)),
    tags: guide.tags,
    licence: guide.licence,
    creator: person(people.cora),
    downloads: (index * 7) % 50,
    version: '1.0.0',
    status,
    review_reason: status === 'rejected' ? 'Bitte ergänze, woher die Bilder stammen.' : null,
    published_at: days(index % 90),
    updated_at: days(index % 90),
    details_md: null,
    delivery: 'online',
    instructor_required: false,
    objectives: [],
    target_group: null,
    prerequisites: null,
    licence_terms: null,
    licence_url: null,
    attribution: guide.attribution,
    exchange: 'free',
    source: guide.source ?? null,
    row_version: 1,
    html: guide.html,
    package: { sha256: id + id, size: guide.html.length + 900, kind: 'html', entries: 2, launch_file: 'index.html' },
    versions: [{ version: '1.0.0', changelog: null, created_at: days(index % 90), size: guide.html.length + 900 }],
    rated: ratings.map((score, n) => ({ id: randomUUID(), user: person(people[['ada', 'mo'][n % 2]]), score, comment: n === 0 ? 'Kurz, klar, sofort brauchbar.' : null, reply: null, created_at: days(3 + n), updated_at: days(3 + n) })),
  }
})
const uploads = new Map()
const jobs = new Map()
const tickets = new Map()
let faults = {}

const average = (nano) => ({ count: nano.rated.length, average: nano.rated.length ? nano.rated.reduce((sum, { score }) => sum + score, 0) / nano.rated.length : null })
const detail = (nano) => ({ ...nano, newest_version: nano.version, newest_version_status: 'approved', rights_confirmed: true, html: undefined, rated: undefined, rating: average(nano) })
const item = (nano) => ({ ...detail(nano), details_md: undefined, objectives: undefined })
const published = () => nanos.filter(({ status }) => status === 'published')
const find = (key) => nanos.find(({ id, slug }) => id === key || slug === key)
const counted = () => categories.map((category) => ({ ...category, count: published().filter((nano) => nano.categories.includes(category)).length }))

function fail(status, code, details = [], retry) {
  throw { status, code, details, retry }
}

const SORTS = {
  newest: (a, b) => b.published_at.localeCompare(a.published_at),
  best: (a, b) => (average(b).average ?? 0) - (average(a).average ?? 0),
  title: (a, b) => a.title.localeCompare(b.title, 'de'),
  shortest: (a, b) => a.duration_minutes - b.duration_minutes,
}
const FACETS = {
  category: (nano) => nano.categories.map(({ slug }) => slug),
  level: (nano) => [String(nano.level)],
  language: (nano) => [nano.language],
  format: (nano) => nano.formats,
  license: (nano) => [nano.licence],
}

function paged(list, query, extra = {}) {
  const page = Number(query.get('page') ?? 1)
  const limit = Number(query.get('limit') ?? 20)
  return { data: list.slice((page - 1) * limit, page * limit), meta: { page, per_page: limit, total: list.length, total_pages: Math.max(1, Math.ceil(list.length / limit)), ...extra } }
}

function search(query) {
  const q = (query.get('q') ?? '').trim().toLowerCase()
  const fixed = q.replace('teh', 'the').replace('breif', 'brief')
  const words = fixed.split(/\s+/).filter(Boolean)
  const matches = published().filter((nano) => words.every((word) => `${nano.title} ${nano.description} ${nano.tags}`.toLowerCase().includes(word)))
  const chosen = Object.fromEntries(Object.keys(FACETS).map((name) => [name, query.getAll(name)]))
  const passes = (nano, except) =>
    Object.entries(FACETS).every(([name, values]) => name === except || chosen[name].length === 0 || values(nano).some((value) => chosen[name].includes(value))) &&
    nano.duration_minutes >= Number(query.get('duration_min') ?? 0) &&
    nano.duration_minutes <= Number(query.get('duration_max') ?? 9999)
  const facets = Object.fromEntries(
    Object.entries(FACETS).map(([name, values]) => {
      const counts = {}
      for (const nano of matches.filter((other) => passes(other, name))) for (const value of values(nano)) counts[value] = (counts[value] ?? 0) + 1
      return [name, Object.entries(counts).map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)]
    }),
  )
  const list = matches.filter((nano) => passes(nano))
  if (SORTS[query.get('sort')]) list.sort(SORTS[query.get('sort')])
  const mark = (text) => words.reduce((out, word) => out.replace(new RegExp(`(${word.replace(/\W/g, '.')})`, 'gi'), '<mark>$1</mark>'), text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
  return paged(list.map((nano) => ({ ...item(nano), highlight: words.length ? { title: mark(nano.title), description: mark(nano.description) } : null })), query, { corrected_query: fixed === q ? null : fixed, facets })
}

function report(bytes, name) {
  const ok = bytes.subarray(0, 2).toString('latin1') === 'PK'
  const bad = [{ severity: 'error', code: 'ZIP_PATH_TRAVERSAL', entry: 'bilder/../../boese.sh', rule_de: 'Kein Eintrag darf aus dem Paket hinausführen.', rule_en: 'No entry may lead out of the package.', remedy_de: 'Packe die Datei ohne „..“ im Pfad.', remedy_en: 'Pack the file without “..” in its path.' }]
  return { ok, kind: 'html', sha256: '', size: bytes.length, entries: 2, unpacked_size: bytes.length * 3, launch_file: 'index.html', findings: ok ? [] : bad, files: [{ path: 'index.html', size: 2400 }, { path: 'bilder/a.png', size: 1200 }], metadata: { title: name.replace(/\.\w+$/, ''), language: 'de', licence: null, authors: [], description: null } }
}

function job(result) {
  const id = randomUUID()
  jobs.set(id, { id, kind: 'validate', state: 'done', stage: 'done', progress: 100, result })
  return { status: 202, data: { job_id: id } }
}

const cookieUser = (request) => people[/at=(\w+)/.exec(request.headers.cookie ?? '')?.[1]]
const session = (user) => ({ user, csrf_token: 'fake' })
const need = (user) => user ?? fail(401, 'UNAUTHORIZED')

async function answer(method, path, query, user, body, headers) {
  const [first, id, third, fourth, fifth] = path.split('/')
  const route = `${method} ${path.replace(/[0-9a-f-]{32,36}|(?<=nanos\/)[a-z0-9-]+-[0-9a-f]{8}/g, '*').replace(/versions\/[^/]+/, 'versions/*')}`
  switch (route) {
    case 'POST auth/login': {
      const found = Object.values(people).find(({ email }) => email === body.email)
      if (!found || body.password === 'falsch') fail(401, 'UNAUTHORIZED')
      return { data: session(found), cookie: `at=${found.username}; Path=/; HttpOnly` }
    }
    case 'POST auth/register':
      people[body.username] = { id: randomUUID(), ...body, display_name: body.username, role: 'consumer', status: 'active', bio: null, company: null, created_at: days(0) }
      return { status: 201, data: { registered: true } }
    case 'POST auth/logout':
      return { status: 204, cookie: 'at=; Path=/; Max-Age=0' }
    case 'POST auth/refresh-token':
      return fail(401, 'UNAUTHORIZED')
    case 'GET auth/me':
      return { data: session(need(user)) }
    case 'PATCH auth/me':
      return { data: session(Object.assign(need(user), body)) }
    case 'POST auth/password/set':
      return body.token === 'gut' ? { data: {} } : fail(410, 'GONE')
    case 'POST auth/password/change':
      return { data: {} }
    case 'POST users/me/become-creator':
      need(user).role = 'creator'
      return { data: { user } }
    case 'GET categories':
      return { data: counted() }
    case 'GET nanos':
      return paged(published().sort(SORTS[query.get('sort')] ?? SORTS.newest).map(item), query)
    case 'GET nanos/mine':
      return paged(nanos.filter(({ creator, status }) => creator.username === need(user).username && status !== 'deleted').sort((a, b) => (a.status === 'published') - (b.status === 'published')).slice(0, 12).map(item), query)
    case 'GET search':
      return search(query)
    case 'GET search/suggest': {
      const q = query.get('q').toLowerCase()
      return { data: published().map(({ title }) => title).filter((title) => title.toLowerCase().includes(q)).slice(0, 7) }
    }
    case 'POST nanos': {
      if (body.title === 'Fehler') fail(422, 'VALIDATION_ERROR', [{ field: 'title', code: 'taken' }])
      const fresh = { ...nanos[0], ...body, id: randomUUID(), creator: person(need(user)), status: 'draft', review_reason: null, categories: body.categories.map((slug) => categories.find((category) => category.slug === slug)), rated: [], downloads: 0, version: null, versions: [], row_version: 1, html: '<h1>Entwurf</h1>' }
      fresh.slug = `${slugOf(body.title)}-${fresh.id.slice(0, 8)}`
      nanos.unshift(fresh)
      return { status: 201, data: detail(fresh) }
    }
    case 'POST uploads': {
      const fresh = { id: randomUUID(), offset: 0, length: body.length, name: body.filename, bytes: Buffer.alloc(0), expires_at: days(-1) }
      uploads.set(fresh.id, fresh)
      return { status: 201, data: { id: fresh.id, offset: 0, length: fresh.length, expires_at: fresh.expires_at } }
    }
    case 'GET moderation/queue': {
      need(user)
      return paged(nanos.filter(({ status }) => status === 'pending_review').map((nano, index) => ({ id: nano.id, kind: 'review', nano: item(nano), version: nano.version, submitted_at: nano.updated_at, due_at: days(index ? 1 : -2), overdue: index > 0, own: nano.creator.username === user.username, submitter: nano.creator, status: 'open' })), query)
    }
  }
  if (first === 'uploads') {
    const upload = uploads.get(id) ?? fail(404, 'NOT_FOUND')
    if (method === 'HEAD') return { headers: { 'Upload-Offset': upload.offset, 'Upload-Length': upload.length } }
    if (method === 'PATCH') {
      if (Number(headers['upload-offset']) !== upload.offset) fail(409, 'CONFLICT')
      upload.bytes = Buffer.concat([upload.bytes, body])
      upload.offset = upload.bytes.length
      return { status: 204, headers: { 'Upload-Offset': upload.offset } }
    }
    if (third === 'validate') return job(report(upload.bytes, upload.name))
  }
  if (first === 'jobs') return { data: jobs.get(id) ?? fail(404, 'NOT_FOUND') }
  if (first === 'ratings') {
    const rating = nanos.flatMap(({ rated }) => rated).find((other) => other.id === id) ?? fail(404, 'NOT_FOUND')
    return { data: Object.assign(rating, body) }
  }
  if (first === 'moderation') {
    const nano = find(id) ?? fail(404, 'NOT_FOUND')
    nano.status = { approve: 'published', reject: 'rejected', request_changes: 'draft' }[body.decision]
    nano.review_reason = body.reason ?? null
    return { data: {} }
  }
  if (first === 'nanos') {
    const nano = find(id) ?? fail(404, 'NOT_FOUND')
    if (!third) {
      if (method === 'GET') return { data: detail(nano) }
      if (method === 'DELETE') nano.status = 'deleted'
      if (method === 'PATCH') Object.assign(nano, body, { row_version: nano.row_version + 1, categories: body.categories.map((slug) => categories.find((category) => category.slug === slug)) })
      return { data: detail(nano) }
    }
    if (third === 'related') return { data: published().filter((other) => other !== nano && other.categories[0] === nano.categories[0]).slice(0, 4).map(item) }
    if (third === 'ratings' && method === 'GET') {
      const histogram = Object.fromEntries([1, 2, 3, 4, 5].map((score) => [score, nano.rated.filter((rating) => rating.score === score).length]))
      return paged(nano.rated.map((rating) => ({ ...rating, mine: rating.user.username === user?.username })), query, { histogram, average: average(nano).average })
    }
    if (third === 'ratings') {
      nano.rated.unshift({ id: randomUUID(), user: person(need(user)), score: body.score, comment: body.comment, reply: null, created_at: days(0), updated_at: days(0) })
      return { status: 201, data: nano.rated[0] }
    }
    if (third === 'submit') nano.status = 'pending_review'
    if (third === 'archive') nano.status = 'archived'
    if (third === 'restore') nano.status = 'published'
    if (['submit', 'archive', 'restore'].includes(third)) return { data: detail(nano) }
    if (third === 'versions' && method === 'POST' && !fourth) {
      nano.version = body.semver
      nano.versions.push({ version: body.semver, changelog: body.changelog, created_at: days(0), size: 100 })
      return job(report(uploads.get(body.upload_id).bytes, 'x.zip'))
    }
    if (fifth === 'files') return { data: [{ path: 'index.html', size: nano.html.length }, { path: 'nano.json', size: 900 }] }
    if (fifth === 'validation') return { data: { ...report(Buffer.from('PK'), 'x'), size: nano.package.size } }
    if (fifth === 'preview-ticket') {
      const ticket = randomUUID()
      tickets.set(ticket, nano.html)
      return { data: { url: `/preview/${ticket}/index.html`, expires_at: days(-0.01) } }
    }
    if (fifth === 'download') {
      need(user)
      nano.downloads++
      return { file: Buffer.from('PK\x05\x06' + '\0'.repeat(18), 'latin1') }
    }
  }
  return fail(404, 'NOT_FOUND')
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' }
const CSP = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

function page(response, path) {
  const file = join(web, path)
  const known = path.startsWith('/assets/') && existsSync(file)
  response.writeHead(200, { 'Content-Type': TYPES[known ? extname(file) : '.html'], 'Content-Security-Policy': CSP })
  response.end(readFileSync(known ? file : join(web, 'index.html')))
}

async function bodyOf(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  const bytes = Buffer.concat(parts)
  return request.headers['content-type']?.startsWith('application/json') && bytes.length ? JSON.parse(bytes) : bytes
}

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://x')
  if (pathname.startsWith('/preview/')) {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': 'sandbox allow-scripts' })
    return response.end(tickets.get(pathname.split('/')[2]) ?? '')
  }
  if (!pathname.startsWith('/api/v1/')) return page(response, pathname)
  const path = pathname.slice('/api/v1/'.length)
  try {
    const body = await bodyOf(request)
    if (path === 'fake/faults') {
      faults = body
      return response.writeHead(204).end()
    }
    const fault = Object.entries(faults).find(([prefix]) => path.startsWith(prefix))?.[1]
    if (fault?.delay) await new Promise((resolve) => setTimeout(resolve, fault.delay))
    if (fault?.status) fail(fault.status, fault.code ?? 'INTERNAL')
    const { status = 200, data, meta = {}, headers = {}, cookie, file } = await answer(request.method, path, searchParams, cookieUser(request), body, request.headers)
    if (cookie) headers['Set-Cookie'] = cookie
    if (file) return response.writeHead(200, { ...headers, 'Content-Type': 'application/zip', 'Content-Disposition': 'attachment; filename="nano.zip"' }).end(file)
    response.writeHead(status, { ...headers, 'Content-Type': 'application/json' })
    response.end(status === 204 || request.method === 'HEAD' ? undefined : JSON.stringify({ success: true, data, meta, timestamp: days(0) }))
  } catch (failure) {
    const { status = 500, code = 'INTERNAL', details = [] } = failure
    if (!failure.code) console.error(failure)
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ success: false, error: { code, message: '', details }, timestamp: days(0) }))
  }
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}  ${nanos.length} nanos, users ${Object.values(people).map(({ email }) => email).join(' ')}`))
