extension Supervisor {
    /// Writes what ``PodStateFile`` reads.
    static let state = #"""
        # ── Supervisor: the state file ─────────────────────────────────────────────────────────────────────────────────

        declare -a NAMES=() ROLES=() STATE=() REASON=() MESSAGE=() STARTED=() FINISHED=() EXIT=() SIGNAL=() RESTARTS=()
        declare -a UP=() READY=() IMAGE_FOUND=() LAST=() PID=() DUE=() BACKOFF=() BEGAN=() OVER=()
        declare -a STOP=() STOP_BY=() HOOK=() HOOK_BY=() WHY_STOPPED=()
        SEQUENCE=0 PHASE=preparing POD_REASON='' POD_MESSAGE='' CLOSED='' CHANGED=yes

        set_up_state() {
            local index
            for ((index = 0; index < COUNT; index++)); do
                describe "$index"
                NAMES[index]=$NAME ROLES[index]=$ROLE
                STATE[index]=waiting REASON[index]=ContainerCreating RESTARTS[index]=0 UP[index]=0 READY[index]=0
                OVER[index]='' STOP[index]='' PID[index]='' DUE[index]='' HOOK[index]='' BACKOFF[index]=$BACKOFF_FIRST
                WHY_STOPPED[index]=''
            done
            # What waits for an init container says so.
            if [ "${ROLES[0]-regular}" != regular ]; then
                for ((index = 0; index < COUNT; index++)); do REASON[index]=PodInitializing; done
            fi
        }

        # waits INDEX REASON [MESSAGE]
        waits() {
            encoded "${3-}"
            STATE[$1]=waiting REASON[$1]=$2 MESSAGE[$1]=$ENCODED READY[$1]=0 UP[$1]=0
            STARTED[$1]='' FINISHED[$1]='' EXIT[$1]='' SIGNAL[$1]=''
            CHANGED=yes
        }

        # terminated INDEX CODE REASON MESSAGE [SIGNAL]
        terminated() {
            encoded "$4"
            STATE[$1]=terminated EXIT[$1]=$2 REASON[$1]=$3 MESSAGE[$1]=$ENCODED SIGNAL[$1]=${5-} FINISHED[$1]=$NOW
            UP[$1]=0 READY[$1]=0
            CHANGED=yes
        }

        # Moves the end of a container to its `last` lines, before it starts again.
        remember_last() {
            local key=c$1.last
            LAST[$1]="$key.exit=${EXIT[$1]}
        $key.reason=${REASON[$1]}
        $key.message=${MESSAGE[$1]-}
        $key.started=${STARTED[$1]-}
        $key.finished=${FINISHED[$1]-}
        "
            [ -z "${SIGNAL[$1]-}" ] || LAST[$1]+="$key.signal=${SIGNAL[$1]}"$'\n'
        }

        # Sets RECORD_TEXT to the whole state.
        state_text() {
            local index key
            RECORD_TEXT="format=1
        mark=$MARK
        attempt=$ATTEMPT
        sequence=$SEQUENCE
        node=$NODE
        job=$JOB_ID
        phase=$PHASE
        started=$POD_STARTED
        "
            [ -z "$POD_REASON" ] || RECORD_TEXT+="reason=$POD_REASON"$'\n'
            [ -z "$POD_MESSAGE" ] || RECORD_TEXT+="message=$POD_MESSAGE"$'\n'
            [ -z "$CLOSED" ] || RECORD_TEXT+="closed=1"$'\n'
            for ((index = 0; index < COUNT; index++)); do
                key=c$index
                RECORD_TEXT+="$key.name=${NAMES[index]}
        $key.state=${STATE[index]}
        $key.restarts=${RESTARTS[index]}
        $key.up=${UP[index]}
        $key.ready=${READY[index]}
        "
                [ -z "${REASON[index]-}" ] || RECORD_TEXT+="$key.reason=${REASON[index]}"$'\n'
                [ -z "${MESSAGE[index]-}" ] || RECORD_TEXT+="$key.message=${MESSAGE[index]}"$'\n'
                [ -z "${STARTED[index]-}" ] || RECORD_TEXT+="$key.started=${STARTED[index]}"$'\n'
                [ -z "${FINISHED[index]-}" ] || RECORD_TEXT+="$key.finished=${FINISHED[index]}"$'\n'
                [ -z "${EXIT[index]-}" ] || RECORD_TEXT+="$key.exit=${EXIT[index]}"$'\n'
                [ -z "${SIGNAL[index]-}" ] || RECORD_TEXT+="$key.signal=${SIGNAL[index]}"$'\n'
                [ -z "${IMAGE_FOUND[index]-}" ] || RECORD_TEXT+="$key.image=${IMAGE_FOUND[index]}"$'\n'
                RECORD_TEXT+=${LAST[index]-}
            done
        }

        # Writes the state file if anything has changed. What cannot be written (a full disk) is tried again.
        publish() {
            [ "$CHANGED" = yes ] || return 0
            SEQUENCE=$((SEQUENCE + 1))
            state_text
            if replace state "${RECORD_TEXT%$'\n'}"; then CHANGED=no; fi
        }

        # The closing record: the last thing that is written, once.
        close_record() {
            PHASE=ended CLOSED=1 CHANGED=yes
            tell_time
            SEQUENCE=$((SEQUENCE + 1))
            state_text
            replace state "${RECORD_TEXT%$'\n'}"
            until replace closing "${RECORD_TEXT%$'\n'}"; do
                say "the closing record cannot be written; trying again"
                sleep 5
            done
        }
        """#
}
