// Walks through the running app the way people do, in the system's Chromium.
//   NANOCTL_URL     where a real server answers
//   NANOCTL_PEOPLE  a JSON file: {"creator": {"email", "password"}, "moderator": {…}}
//   NANOCTL_GUIDES  optional, a folder of real guides (category/guide/{nano.json,index.html})
//   node test/journeys.mjs [journey ...]
import { readFileSync } from 'node:fs'
import { launch } from './browser.mjs'
import { accessibility } from './journeys/accessibility.mjs'
import { creatorUploads, creatorUploadsByKeyboard, creatorSeesWhatIsAsked, creatorIsToldWhatIsWrong } from './journeys/creator.mjs'
import { guideForUpload } from './journeys/guide.mjs'
import { moderatorApproves, moderatorAsksForChanges } from './journeys/moderator.mjs'
import { People } from './journeys/people.mjs'
import { contentsAreListed, languageIsSwitched, sessionIsRenewed, stateOfTheAddress, troubleIsExplained, visitorFindsAndRates } from './journeys/visitor.mjs'

const url = process.env.NANOCTL_URL
const peopleFile = process.env.NANOCTL_PEOPLE
if (!url || !peopleFile) {
  console.error('journeys: set NANOCTL_URL and NANOCTL_PEOPLE')
  process.exit(2)
}

const only = process.argv.slice(2)
const JOURNEYS = [
  creatorUploads,
  moderatorApproves,
  visitorFindsAndRates,
  contentsAreListed,
  creatorUploadsByKeyboard,
  moderatorAsksForChanges,
  creatorSeesWhatIsAsked,
  creatorIsToldWhatIsWrong,
  languageIsSwitched,
  stateOfTheAddress,
  sessionIsRenewed,
  troubleIsExplained,
  accessibility,
]

const browser = await launch()
const people = new People(browser, url, JSON.parse(readFileSync(peopleFile, 'utf8')))
const story = { url, people, guide: guideForUpload(process.env.NANOCTL_GUIDES) }
let failed = 0
for (const journey of JOURNEYS) {
  if (only.length > 0 && !only.includes(journey.name)) continue
  const started = Date.now()
  try {
    await journey(story)
    people.assertQuiet()
    console.log(`ok    ${journey.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  } catch (error) {
    failed++
    console.log(`FAIL  ${journey.name}: ${error.stack ?? error}`)
    await people.photograph(journey.name)
  }
}
await browser.close()
console.log(failed === 0 ? 'journeys: all passed' : `journeys: ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
