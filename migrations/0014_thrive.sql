-- THRIVE assessments of contacts and incidents: every version, the latest by its entry. A level is empty where the
-- element was not considered; its words are null where they were erased.

create table thrive (
    subject text not null,
    seq integer not null,
    at text not null,
    considered integer not null,
    is_complete integer not null,
    is_vulnerable integer not null,
    threat text not null,
    harm text not null,
    risk text not null,
    investigation text not null,
    vulnerability text not null,
    engagement text not null,
    markers text not null,
    for_want_of_ambulance integer not null,
    clinical_assessment_made integer,
    definition integer not null,
    threat_words text,
    harm_words text,
    risk_words text,
    investigation_words text,
    vulnerability_words text,
    engagement_words text,
    change_words text,
    primary key (subject, seq)
);
