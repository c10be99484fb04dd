/** What tests of the appliance share: a site to install into and processes that stand in. */
@NullMarked
package dev.nanoctl.appliance.testing;

import org.jspecify.annotations.NullMarked;
