package io.podlifecycle.drain;

/**
 * How much a participant of a shutdown had to do at some moment. Immutable.
 *
 * @param name the participant's name
 * @param inFlight the pieces of work that were accepted and not completed
 * @since 0.1.0
 */
public record ParticipantLoad(String name, long inFlight) {
}
