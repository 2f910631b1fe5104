package io.podlifecycle.rehearsal.cli.advice;

import java.util.List;

/**
 * Holds the container of an application against some rules.
 */
interface Check {

	List<Finding> check(AppContainer app);

}
